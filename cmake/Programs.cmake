# The program, its tests, the fuzz targets and the benchmarks.

# Modules meet through each other's headers, so their archives are searched as one group.
list(JOIN OTKLIK_LIBRARIES "," library_list)
set(OTKLIK_ALL "$<LINK_GROUP:RESCAN,${library_list}>")

if(EXISTS "${CMAKE_SOURCE_DIR}/src/main.cpp")
  add_executable(otklik src/main.cpp)
  target_link_libraries(otklik PRIVATE ${OTKLIK_ALL} otklik_warnings ${OTKLIK_USES_app})
  target_precompile_headers(otklik REUSE_FROM otklik_precompiled)
endif()

enable_testing()
list(TRANSFORM OTKLIK_TESTS PREPEND "src/")
file(GLOB_RECURSE whole_tests CONFIGURE_DEPENDS RELATIVE "${CMAKE_SOURCE_DIR}" tests/*.cpp)
list(FILTER whole_tests EXCLUDE REGEX "^tests/(fuzz|browser|faults)/")
add_executable(otklik_tests EXCLUDE_FROM_ALL ${OTKLIK_TESTS} ${OTKLIK_TOOL_TESTS} ${whole_tests})
target_link_libraries(otklik_tests PRIVATE ${OTKLIK_ALL} otklik_tools otklik_warnings GTest::gmock GTest::gtest_main
                                           rapidcheck ${OTKLIK_USES_app})
target_compile_definitions(otklik_tests PRIVATE OTKLIK_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
target_precompile_headers(otklik_tests PRIVATE cmake/precompiled.hpp <gmock/gmock.h> <gtest/gtest.h>)
add_dependencies(otklik_tests otklik_generated)
add_test(NAME otklik_tests COMMAND otklik_tests WORKING_DIRECTORY "${CMAKE_SOURCE_DIR}")

if(OTKLIK_FUZZ)
  file(GLOB fuzz_files CONFIGURE_DEPENDS tests/fuzz/*.cpp)
  foreach(file ${fuzz_files})
    get_filename_component(name ${file} NAME_WE)
    add_executable(fuzz_${name} ${file})
    target_link_libraries(fuzz_${name} PRIVATE ${OTKLIK_ALL} otklik_warnings)
    target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
    target_precompile_headers(fuzz_${name} REUSE_FROM otklik_precompiled)
    set_target_properties(fuzz_${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/fuzz")
  endforeach()
endif()

# One program for each bench/*.cpp, built only when asked for.
file(GLOB bench_files CONFIGURE_DEPENDS bench/*.cpp)
foreach(file ${bench_files})
  get_filename_component(name ${file} NAME_WE)
  add_executable(bench_${name} EXCLUDE_FROM_ALL ${file})
  target_link_libraries(bench_${name} PRIVATE ${OTKLIK_ALL} otklik_warnings benchmark::benchmark)
  target_precompile_headers(bench_${name} REUSE_FROM otklik_precompiled)
endforeach()
