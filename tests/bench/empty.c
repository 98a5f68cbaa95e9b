// SPDX-License-Identifier: MIT
// What starting and ending a process costs before it does anything.
int main(void) { return 0; }
