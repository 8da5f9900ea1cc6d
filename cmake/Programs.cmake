# The program, its tests, the fuzz targets and the benchmarks.

# Modules meet through each other's headers, so their archives are searched as one group.
list(JOIN OTKLIK_LIBRARIES "," library_list)
set(OTKLIK_ALL "$<LINK_GROUP:RESCAN,${library_list}>")

if(EXISTS "${CMAKE_SOURCE_DIR}/src/main.cpp")
  add_executable(otklik src/main.cpp)
  target_link_libraries(otklik PRIVATE ${OTKLIK_ALL} otklik_warnings ${OTKLIK_USES_app})
  # Stands before the C library, so that every allocation is its, also those of the libraries. Sanitizers bring their own.
  if(NOT OTKLIK_SANITIZE)
    target_link_options(otklik PRIVATE -Wl,--push-state,--no-as-needed "${OTKLIK_MIMALLOC}" -Wl,--pop-state)
  endif()
  target_precompile_headers(otklik REUSE_FROM otklik_precompiled)
endif()

enable_testing()

add_library(otklik_precompiled_tests OBJECT cmake/precompiled.cpp)
target_precompile_headers(otklik_precompiled_tests PRIVATE cmake/precompiled.hpp <gmock/gmock.h> <gtest/gtest.h>)
target_link_libraries(otklik_precompiled_tests PRIVATE ${OTKLIK_USES_base} GTest::gmock otklik_warnings)

function(otklik_test_program name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LINK")
  add_executable(${name} EXCLUDE_FROM_ALL ${arg_SOURCES})
  target_include_directories(${name} PRIVATE "${CMAKE_SOURCE_DIR}/src" "${OTKLIK_GEN}")
  target_link_libraries(${name} PRIVATE ${arg_LINK} otklik_warnings GTest::gmock GTest::gtest_main rapidcheck
                                        ${OTKLIK_USES_base})
  target_precompile_headers(${name} REUSE_FROM otklik_precompiled_tests)
  add_dependencies(${name} otklik_generated)
endfunction()

# Tests find files of the repository by OTKLIK_SOURCE_DIR.
list(TRANSFORM OTKLIK_TESTS PREPEND "src/")
file(GLOB whole_tests CONFIGURE_DEPENDS RELATIVE "${CMAKE_SOURCE_DIR}" tests/*/*.cpp)
list(FILTER whole_tests EXCLUDE REGEX "^tests/(fuzz|browser|faults)/")
set_source_files_properties(${OTKLIK_TESTS} ${OTKLIK_TOOL_TESTS} ${whole_tests} PROPERTIES
                            COMPILE_DEFINITIONS "OTKLIK_SOURCE_DIR=\"${CMAKE_SOURCE_DIR}\"")
otklik_test_program(otklik_tests SOURCES ${OTKLIK_TESTS} ${OTKLIK_TOOL_TESTS} ${whole_tests}
                    LINK ${OTKLIK_ALL} otklik_tools ${OTKLIK_USES_app})
add_test(NAME otklik_tests COMMAND otklik_tests WORKING_DIRECTORY "${CMAKE_SOURCE_DIR}")

# The tests of one layer alone, for work on it: base_tests, storage_tests, … and tools_tests.
foreach(layer base storage storage_sqlite storage_postgres web net blobs jobs)
  string(REPLACE "_" "/" folder ${layer})
  set(sources ${OTKLIK_TESTS})
  list(FILTER sources INCLUDE REGEX "^src/${folder}/[^/]+$")
  if(sources AND TARGET otklik_${layer})
    otklik_test_program(${layer}_tests SOURCES ${sources} LINK otklik_${layer})
  endif()
endforeach()
if(OTKLIK_TOOL_TESTS)
  otklik_test_program(tools_tests SOURCES ${OTKLIK_TOOL_TESTS} LINK otklik_tools)
endif()

if(OTKLIK_FUZZ)
  file(GLOB fuzz_files CONFIGURE_DEPENDS tests/fuzz/*.cpp)
  foreach(file ${fuzz_files})
    get_filename_component(name ${file} NAME_WE)
    string(REGEX REPLACE "_fuzz$" "" name "${name}")
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
