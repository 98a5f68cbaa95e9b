# The warnings of every target we compile ourselves.

add_library(standard_warnings INTERFACE)

target_compile_options(
  standard_warnings
  INTERFACE -Wall
            -Wextra
            -Wpedantic
            -Wcast-align
            -Wcast-qual
            -Wconversion
            -Wdouble-promotion
            -Wextra-semi
            -Wformat=2
            -Wimplicit-fallthrough
            -Wmissing-declarations
            -Wnon-virtual-dtor
            -Wold-style-cast
            -Woverloaded-virtual
            -Wredundant-decls
            -Wshadow
            -Wsign-conversion
            -Wundef
            -Wunused
            -Wvla)

if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # Not -Wnull-dereference: g++ 12 finds some in its own <streambuf>.
  target_compile_options(
    standard_warnings INTERFACE -Wduplicated-branches -Wduplicated-cond -Wlogical-op -Wsuggest-override)
else()
  target_compile_options(standard_warnings INTERFACE -Winconsistent-missing-override -Wthread-safety)
endif()

if(DGAUTH_WERROR)
  target_compile_options(standard_warnings INTERFACE -Werror)
endif()
