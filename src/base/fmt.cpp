// SPDX-License-Identifier: MIT
// The one place that compiles fmt: as a shared library it would have to be loaded before main, and header-only every
// file would compile it again.

#include <fmt/format-inl.h>

namespace fmt::detail {

template void vformat_to(buffer<char>&, basic_string_view<char>, basic_format_args<buffer_context<char>>, locale_ref);
template void buffer<char>::append(const char*, const char*);
template thousands_sep_result<char> thousands_sep_impl(locale_ref);
template char decimal_point_impl(locale_ref);
template dragonbox::decimal_fp<float> dragonbox::to_decimal(float) noexcept;
template dragonbox::decimal_fp<double> dragonbox::to_decimal(double) noexcept;

}  // namespace fmt::detail
