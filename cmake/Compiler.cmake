# Flags shared by everything that is ours.

set(OTKLIK_SANITIZE "" CACHE STRING "Sanitizers to build with, such as address,undefined or thread")
option(OTKLIK_FUZZ "Build the fuzz targets of tests/fuzz" OFF)
option(OTKLIK_LTO "Optimise at link time (ThinLTO)" OFF)

set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_COLOR_DIAGNOSTICS ON)
set(CMAKE_CXX_SCAN_FOR_MODULES OFF)

set(CMAKE_CXX_FLAGS_DEBUG "-O0 -g")
set(CMAKE_C_FLAGS_DEBUG "-O0 -g")
# assert() stays: ours are cheap. Boost's are not on the way of a request.
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -g1 -DBOOST_DISABLE_ASSERTS")
set(CMAKE_C_FLAGS_RELEASE "-O2 -g1")

add_compile_options("$<$<COMPILE_LANGUAGE:CXX>:-stdlib=libstdc++>" -pthread -fstack-protector-strong -fno-omit-frame-pointer)
add_compile_definitions(_GLIBCXX_ASSERTIONS)
if(CMAKE_BUILD_TYPE STREQUAL "Release")
  add_compile_options(-fstack-clash-protection)
  add_compile_definitions(_FORTIFY_SOURCE=2)
endif()

if(OTKLIK_SANITIZE)
  set(CMAKE_CXX_FLAGS_DEBUG "-O1 -g")
  add_compile_options(-fsanitize=${OTKLIK_SANITIZE} -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${OTKLIK_SANITIZE})
endif()
if(OTKLIK_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
if(OTKLIK_LTO)
  add_compile_options(-flto=thin)
  add_link_options(-flto=thin)
endif()

# mold reads its archives in any order and is several times faster; without it lld or the default linker does.
find_program(OTKLIK_MOLD mold)
if(OTKLIK_MOLD AND NOT OTKLIK_LTO)
  add_link_options(-fuse-ld=mold)
endif()
# Everything ends in a position-independent program; one flag for all lets one precompiled header serve all.
add_compile_options(-fPIE)
add_link_options(-pie)
add_link_options(-Wl,--gc-sections -Wl,-z,relro -Wl,-z,now)
add_compile_options(-ffunction-sections -fdata-sections)

find_program(OTKLIK_CCACHE ccache)
if(OTKLIK_CCACHE)
  foreach(language C CXX)
    set(CMAKE_${language}_COMPILER_LAUNCHER
        "${CMAKE_COMMAND}" -E env
        CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
        "${OTKLIK_CCACHE}")
  endforeach()
endif()
# Clang writes the times of the headers into a precompiled header; without them ccache recognises it again.
add_compile_options("$<$<COMPILE_LANGUAGE:CXX>:SHELL:-Xclang -fno-pch-timestamp>")

# What our own code must pass; libraries are system headers and are spared.
add_library(otklik_warnings INTERFACE)
target_compile_options(otklik_warnings INTERFACE
  "$<$<COMPILE_LANGUAGE:CXX>:-Wall;-Wextra;-Wpedantic;-Wshadow;-Wconversion;-Werror;-Wno-missing-field-initializers>")
# Generated files repeat names in inner scopes, and a template need not use everything it is given.
set(OTKLIK_GENERATED_FLAGS -Wno-shadow -Wno-unused-variable -Wno-unused-parameter -Wno-unused-but-set-variable)
