# Everything comes from the distribution; nothing is bundled or downloaded.

if(DGAUTH_CURL_ROOT)
  set(CMAKE_FIND_LIBRARY_SUFFIXES .a)
  set(OPENSSL_USE_STATIC_LIBS ON)
  find_package(CURL 7.87 REQUIRED CONFIG PATHS ${DGAUTH_CURL_ROOT} NO_DEFAULT_PATH)
else()
  find_package(CURL 7.87 REQUIRED)
endif()
find_package(fmt 9 REQUIRED) # for its version; src/base/fmt.cpp compiles it
find_package(PkgConfig REQUIRED)
pkg_check_modules(nettle REQUIRED IMPORTED_TARGET nettle)

# Makes the target `name` for a library that is headers only. Finding the header itself works alike for packages that
# ship a CMake target, a pkg-config file or neither.
function(find_headers name header debian_package)
  find_path(${name}_INCLUDE_DIR ${header})
  if(NOT ${name}_INCLUDE_DIR)
    message(FATAL_ERROR "<${header}> was not found; on Debian and Ubuntu it is in the package ${debian_package}")
  endif()
  mark_as_advanced(${name}_INCLUDE_DIR)
  add_library(${name} INTERFACE IMPORTED)
  target_include_directories(${name} SYSTEM INTERFACE ${${name}_INCLUDE_DIR})
endfunction()

find_headers(cli11_headers CLI/CLI.hpp libcli11-dev)
find_headers(fmt_headers fmt/format-inl.h libfmt-dev)
find_headers(expected_headers tl/expected.hpp libexpected-dev)
find_headers(rapidjson_headers rapidjson/rapidjson.h rapidjson-dev)
find_headers(tomlplusplus_headers toml++/toml.h libtomlplusplus-dev)
target_compile_definitions(tomlplusplus_headers INTERFACE TOML_HEADER_ONLY=1)

if(BUILD_TESTING)
  find_package(doctest REQUIRED)
  find_package(Python3 3.9 REQUIRED COMPONENTS Interpreter)
endif()
