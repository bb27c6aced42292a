# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# How every target of the project is compiled. Nothing else in the tree sets compiler flags.

option(ACREDITA_WERROR "Warnings are errors" OFF)
option(ACREDITA_FUZZ "tests/fuzz becomes libFuzzer programs (clang)" OFF)
option(ACREDITA_HARDEN "Hardening flags for what is installed" OFF)
set(ACREDITA_SANITIZE "" CACHE STRING "Sanitizers, as -fsanitize= takes them")

find_program(CCACHE ccache)
if(CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
    set(CMAKE_C_COMPILER_LAUNCHER ${CCACHE})
endif()

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)

add_library(acredita_options INTERFACE)
target_include_directories(acredita_options INTERFACE ${CMAKE_SOURCE_DIR} ${CMAKE_BINARY_DIR}/generated)
target_compile_options(acredita_options INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Woverloaded-virtual -Wold-style-cast
    -Wnull-dereference -Wimplicit-fallthrough $<$<BOOL:${ACREDITA_WERROR}>:-Werror>)
# Debug information of half the size: two cores build this, and nobody steps through templates.
target_compile_options(acredita_options INTERFACE $<$<CONFIG:Debug>:-g1 -fno-omit-frame-pointer>)
target_compile_definitions(acredita_options INTERFACE $<$<CONFIG:Debug>:_GLIBCXX_ASSERTIONS>)
# -Wnull-dereference and -Wmaybe-uninitialized guess wrong once sanitizers rewrite the flow of control.
if(ACREDITA_SANITIZE)
    target_compile_options(acredita_options INTERFACE -fsanitize=${ACREDITA_SANITIZE} -fno-sanitize-recover=all -O1 -Wno-null-dereference -Wno-maybe-uninitialized)
    target_link_options(acredita_options INTERFACE -fsanitize=${ACREDITA_SANITIZE})
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang") # some of these are GCC's alone
    target_compile_options(acredita_options INTERFACE -Wno-unknown-warning-option)
endif()
if(ACREDITA_HARDEN)
    target_compile_options(acredita_options INTERFACE -fstack-protector-strong -fstack-clash-protection -fcf-protection -ftrivial-auto-var-init=zero)
    target_compile_definitions(acredita_options INTERFACE _FORTIFY_SOURCE=2 _GLIBCXX_ASSERTIONS)
    target_link_options(acredita_options INTERFACE -Wl,-z,relro,-z,now,-z,noexecstack)
endif()

# acredita_library(NAME FILES... LINK libs...): one layer, a static library that is position independent.
function(acredita_library name)
    cmake_parse_arguments(arg "" "" "LINK" ${ARGN})
    add_library(${name} STATIC ${arg_UNPARSED_ARGUMENTS})
    target_link_libraries(${name} PUBLIC acredita_options ${arg_LINK})
endfunction()

# acredita_test(NAME FILES... LINK libs... LABELS labels... TIMEOUT seconds): one Boost.Test program, one CTest entry.
#
# Without LABELS a test is `unit`: it needs nothing but itself and runs again under asan. `threaded` runs again under
# tsan; `stress` runs under both by name; `real` wants a private pcscd or another program; `sweep` and `soak` run by name only.
add_custom_target(unit_tests)
add_custom_target(threaded_tests)
add_custom_target(stress_tests)
add_dependencies(stress_tests threaded_tests)
function(acredita_test name)
    cmake_parse_arguments(arg "" "TIMEOUT" "LINK;LABELS" ${ARGN})
    add_executable(${name} ${arg_UNPARSED_ARGUMENTS} ${CMAKE_SOURCE_DIR}/tests/support/main.cpp)
    target_link_libraries(${name} PRIVATE acredita_options ${arg_LINK} Boost::unit_test_framework)
    target_compile_definitions(${name} PRIVATE BOOST_TEST_DYN_LINK)
    add_test(NAME ${name} COMMAND ${name} --log_level=message --color_output=no --catch_system_errors=no)
    if(NOT arg_TIMEOUT)
        set(arg_TIMEOUT 120)
    endif()
    if(NOT arg_LABELS)
        set(arg_LABELS unit)
    endif()
    foreach(kind unit threaded stress)
        if(kind IN_LIST arg_LABELS)
            add_dependencies(${kind}_tests ${name})
        endif()
    endforeach()
    set_tests_properties(${name} PROPERTIES TIMEOUT ${arg_TIMEOUT} SKIP_RETURN_CODE 77 LABELS "${arg_LABELS}"
        ENVIRONMENT "ASAN_OPTIONS=detect_stack_use_after_return=1;UBSAN_OPTIONS=print_stacktrace=1;LSAN_OPTIONS=suppressions=${CMAKE_SOURCE_DIR}/tests/support/lsan.supp:print_suppressions=0;TSAN_OPTIONS=suppressions=${CMAKE_SOURCE_DIR}/tests/support/tsan.supp:die_after_fork=0")
endfunction()
