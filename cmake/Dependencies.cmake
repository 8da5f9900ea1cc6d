# Libraries of Debian 12. `otklik_use(target name...)` links them by the name of their package.

find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)
find_package(OpenSSL 3 REQUIRED)
find_package(GTest REQUIRED)
find_package(benchmark REQUIRED)
find_package(rapidcheck REQUIRED)
find_package(tomlplusplus REQUIRED)
find_package(CLI11 REQUIRED)
find_package(prometheus-cpp REQUIRED COMPONENTS core)
find_package(Boost 1.81 REQUIRED COMPONENTS url json)
foreach(package
    sodium=libsodium icu=icu-i18n sqlite=sqlite3 postgres=libpq curl=libcurl magic=libmagic vips=vips
    gumbo=gumbo gmime=gmime-3.0 markdown=libcmark-gfm)
  string(REPLACE "=" ";" pair "${package}")
  list(GET pair 0 name)
  list(GET pair 1 module)
  pkg_check_modules(${name} REQUIRED IMPORTED_TARGET GLOBAL ${module})
endforeach()
find_library(OTKLIK_MARKDOWN_EXTENSIONS cmark-gfm-extensions REQUIRED)
find_library(OTKLIK_STEMMER stemmer REQUIRED)
find_library(OTKLIK_MIMALLOC mimalloc REQUIRED)

# Loaded when the first picture asks for it (src/attachments/vips.hpp), so only its headers are needed here.
add_library(vips_headers INTERFACE)
target_include_directories(vips_headers SYSTEM INTERFACE ${vips_INCLUDE_DIRS})

# Definitions that change a library's headers hold for the whole program, so that one precompiled header serves it all.
add_compile_definitions(SPDLOG_COMPILED_LIB SPDLOG_SHARED_LIB SPDLOG_FMT_EXTERNAL FMT_SHARED)

# What a folder of src/ may use beside its own layer's libraries.
set(OTKLIK_USES_base fmt::fmt spdlog::spdlog PkgConfig::sodium PkgConfig::icu Threads::Threads)
set(OTKLIK_USES_storage ${OTKLIK_STEMMER})
set(OTKLIK_USES_storage_sqlite PkgConfig::sqlite)
set(OTKLIK_USES_storage_postgres PkgConfig::postgres)
set(OTKLIK_USES_web Boost::headers Boost::url Boost::json PkgConfig::markdown ${OTKLIK_MARKDOWN_EXTENSIONS}
                    PkgConfig::gumbo)
set(OTKLIK_USES_net Boost::headers Boost::url OpenSSL::SSL OpenSSL::Crypto)
set(OTKLIK_USES_blobs OpenSSL::Crypto PkgConfig::curl)
set(OTKLIK_USES_jobs "")
set(OTKLIK_USES_attachments PkgConfig::magic OpenSSL::Crypto vips_headers ${CMAKE_DL_LIBS})
set(OTKLIK_USES_mail PkgConfig::curl PkgConfig::gmime Boost::json)
set(OTKLIK_USES_app PkgConfig::curl CLI11::CLI11 tomlplusplus::tomlplusplus prometheus-cpp::core Boost::json)
