# The compilers that run during the build. Their logic is a library, so that the tests can call it.

file(GLOB tool_files CONFIGURE_DEPENDS RELATIVE "${CMAKE_SOURCE_DIR}" tools/*.cpp)
set(OTKLIK_TOOL_TESTS ${tool_files})
list(FILTER OTKLIK_TOOL_TESTS INCLUDE REGEX "_test\\.cpp$")
list(FILTER tool_files EXCLUDE REGEX "_test\\.cpp$")
set(tool_mains ${tool_files})
list(FILTER tool_mains INCLUDE REGEX "(_compiler|check_[a-z]+)\\.cpp$")
list(FILTER tool_files EXCLUDE REGEX "(_compiler|check_[a-z]+)\\.cpp$")

add_library(otklik_tools STATIC ${tool_files})
target_include_directories(otklik_tools PUBLIC "${CMAKE_SOURCE_DIR}")
target_link_libraries(otklik_tools PUBLIC fmt::fmt PRIVATE otklik_warnings)

foreach(main ${tool_mains})
  get_filename_component(name ${main} NAME_WE)
  add_executable(${name} ${main})
  target_link_libraries(${name} PRIVATE otklik_tools otklik_warnings)
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/tools")
endforeach()
