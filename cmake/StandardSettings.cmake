# Language level, hardening and sanitizers of every target we compile ourselves.

include(CheckCXXCompilerFlag)
include(CheckIPOSupported)
include(CheckLinkerFlag)
include(CheckPIESupported)

add_library(standard_settings INTERFACE)
target_compile_features(standard_settings INTERFACE cxx_std_20)
set_target_properties(standard_settings PROPERTIES INTERFACE_POSITION_INDEPENDENT_CODE ON)
check_pie_supported(LANGUAGES CXX)

function(use_compiler_flag flag)
  string(MAKE_C_IDENTIFIER "compiles_with${flag}" result)
  check_cxx_compiler_flag(${flag} ${result})
  if(${result})
    target_compile_options(standard_settings INTERFACE ${flag})
  endif()
endfunction()

function(use_linker_flag flag)
  string(MAKE_C_IDENTIFIER "links_with${flag}" result)
  check_linker_flag(CXX ${flag} ${result})
  if(${result})
    target_link_options(standard_settings INTERFACE ${flag})
  endif()
endfunction()

use_compiler_flag(-fstack-protector-strong)
use_compiler_flag(-fstack-clash-protection)
use_compiler_flag(-fcf-protection)
use_linker_flag(-Wl,-z,relro)
use_linker_flag(-Wl,-z,now)
use_linker_flag(-Wl,-z,noexecstack)
target_compile_definitions(standard_settings INTERFACE _GLIBCXX_ASSERTIONS)

if(DGAUTH_CURL_ROOT)
  target_compile_options(
    standard_settings INTERFACE -ffunction-sections -fdata-sections -ffile-prefix-map=${PROJECT_SOURCE_DIR}=.)
  target_link_options(standard_settings INTERFACE -static-libstdc++ -static-libgcc -Wl,--as-needed,--gc-sections -s)
endif()

if(DGAUTH_SANITIZE)
  target_compile_options(
    standard_settings INTERFACE -fsanitize=${DGAUTH_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(standard_settings INTERFACE -fsanitize=${DGAUTH_SANITIZE})
else()
  # The sanitizers intercept the same functions, and without optimisation the macro only warns. Ubuntu's compiler
  # defines it by itself, hence the -U.
  target_compile_options(standard_settings INTERFACE $<$<NOT:$<CONFIG:Debug>>:-U_FORTIFY_SOURCE;-D_FORTIFY_SOURCE=2>)
endif()

if(DGAUTH_LTO)
  check_ipo_supported(RESULT lto_works LANGUAGES CXX)
  if(lto_works)
    set(CMAKE_INTERPROCEDURAL_OPTIMIZATION ON)
  endif()
endif()
