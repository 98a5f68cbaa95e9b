// SPDX-License-Identifier: MIT
// To be preloaded: the allocation number FAIL_AT of the process, counted from 0, fails, and with FAIL_FOR_GOOD set all
// after it. At the end of a process whose allocations never got that far, the file COUNT_FILE is made.
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

void* __libc_malloc(size_t);
void* __libc_calloc(size_t, size_t);
void* __libc_realloc(void*, size_t);
void* __libc_memalign(size_t, size_t);

static atomic_long granted;

static int is_refused(void) {
  static long fail_at = -2;  // not read yet
  static int is_for_good;
  if (fail_at == -2) {
    const char* const text = getenv("FAIL_AT");
    fail_at = text == NULL ? -1 : atol(text);
    is_for_good = getenv("FAIL_FOR_GOOD") != NULL;
  }
  const long number = granted++;
  const int is_it = fail_at >= 0 && (number == fail_at || (is_for_good && number > fail_at));
  if (is_it) {
    errno = ENOMEM;
  }
  return is_it;
}

void* malloc(size_t size) { return is_refused() ? NULL : __libc_malloc(size); }

void* calloc(size_t count, size_t size) { return is_refused() ? NULL : __libc_calloc(count, size); }

void* realloc(void* block, size_t size) { return is_refused() ? NULL : __libc_realloc(block, size); }

void* aligned_alloc(size_t alignment, size_t size) { return is_refused() ? NULL : __libc_memalign(alignment, size); }

int posix_memalign(void** block, size_t alignment, size_t size) {
  *block = is_refused() ? NULL : __libc_memalign(alignment, size);
  return *block == NULL ? ENOMEM : 0;
}

__attribute__((destructor)) static void tell(void) {
  const char* const count_file = getenv("COUNT_FILE");
  const char* const fail_at = getenv("FAIL_AT");
  if (count_file != NULL && fail_at != NULL && granted <= atol(fail_at)) {
    close(open(count_file, O_WRONLY | O_CREAT, 0600));
  }
}
