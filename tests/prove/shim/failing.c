/* A disk and a memory that fail when told.
 *
 * Loaded before libc (LD_PRELOAD) it stands between one process and the files below one folder.
 * Until it is armed it only passes on. It can let the k-th call fail, once or from then on; end
 * the process there, a write half done; run out of room; or write down everything that reached
 * the disk, in order, so that what a power cut would have left can be worked out (the method of
 * ALICE, Pillai et al., OSDI 2014, and CrashMonkey, Mohan et al., OSDI 2018). Allocations fail
 * only for callers inside one library: Python itself does not survive such a failure.
 *
 * One thread at a time. The numbers here are those of `failing.py`.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { OPEN = 1, WRITE = 2, SYNC = 4, CUT = 8, RENAME = 16, UNLINK = 32, MAKE = 64, ALLOC = 128 };
enum { ONCE, FROM_THEN_ON, KILL };

static char folder[4096];
static size_t folder_length;
static int kinds, manner, failure, is_ringing;
static long calls, left;
static long room = -1; /* bytes; -1 is without end */
static int journal = -1;
static long noted;
static uintptr_t library_from, library_to;

/* --- what the harness says ---------------------------------------------------------------- */

void failing_watch(const char *path)
{
    folder_length = strlen(path);
    memcpy(folder, path, folder_length + 1);
}

void failing_arm(int which, long k, int how, int error)
{
    kinds = which;
    left = k;
    manner = how;
    failure = error;
    calls = 0;
    is_ringing = 0;
}

long failing_calls(void) { return calls; }
int failing_rang(void) { return is_ringing; }
void failing_room(long bytes) { room = bytes; }
long failing_room_left(void) { return room; }
void failing_note(int fd) { journal = fd; noted = 0; }
long failing_noted(void) { return noted; }

static int find_library(struct dl_phdr_info *info, size_t size, void *name)
{
    (void)size;
    if (!strstr(info->dlpi_name, name))
        return 0;
    for (int i = 0; i < info->dlpi_phnum; i++)
        if (info->dlpi_phdr[i].p_type == PT_LOAD && info->dlpi_phdr[i].p_flags & PF_X) {
            library_from = info->dlpi_addr + info->dlpi_phdr[i].p_vaddr;
            library_to = library_from + info->dlpi_phdr[i].p_memsz;
        }
    return 1;
}

int failing_library(const char *name) { return dl_iterate_phdr(find_library, (void *)name); }

/* --- deciding ------------------------------------------------------------------------------ */

static int is_below(const char *path)
{
    char whole[8192];
    if (!folder_length || !path)
        return 0;
    if (path[0] != '/') {
        if (!getcwd(whole, 4096))
            return 0;
        strncat(whole, "/", 2);
        strncat(whole, path, 4000);
        path = whole;
    }
    if (strncmp(path, folder, folder_length))
        return 0;
    return path[folder_length] == '/' || !path[folder_length];
}

static int path_of(int fd, char *path)
{
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, 4095);
    path[length > 0 ? length : 0] = 0;
    return length > 0;
}

static int is_ours(int fd)
{
    char path[4096];
    int before = errno, found;
    if (!folder_length || fd == journal)
        return 0;
    found = path_of(fd, path) && is_below(path);
    errno = before;
    return found;
}

/* 1: let it fail; 2: the process ends here. */
static int is_due(int kind)
{
    if (!(kinds & kind))
        return 0;
    calls++;
    if (!(manner == FROM_THEN_ON ? calls >= left : calls == left))
        return 0;
    is_ringing = 1;
    return manner == KILL ? 2 : 1;
}

static void die(void)
{
    kill(getpid(), SIGKILL);
    for (;;)
        pause();
}

/* Whether the call must fail now; errno says how. */
static int fails(int kind)
{
    int due = is_due(kind);
    if (due == 2)
        die();
    if (due)
        errno = failure;
    return due;
}

/* --- writing down -------------------------------------------------------------------------- */

struct entry { char what; uint64_t file, at, length, name, other; };

static void put(const void *bytes, size_t length)
{
    if (length && syscall(SYS_write, journal, bytes, length) != (long)length)
        abort();
}

static void note(char what, int fd, uint64_t at, const void *bytes, uint64_t length)
{
    struct stat of;
    int before = errno;
    if (journal < 0 || fstat(fd, &of))
        return;
    struct entry e = {what, of.st_ino, at, length, 0, 0};
    put(&e, sizeof e);
    put(bytes, bytes ? length : 0);
    noted++;
    errno = before;
}

static void note_names(char what, uint64_t file, const char *name, const char *other)
{
    int before = errno;
    if (journal < 0)
        return;
    struct entry e = {what, file, 0, 0, strlen(name), other ? strlen(other) : 0};
    put(&e, sizeof e);
    put(name, e.name);
    put(other, e.other);
    noted++;
    errno = before;
}

/* --- files --------------------------------------------------------------------------------- */

static long size_of(int fd)
{
    struct stat of;
    return fstat(fd, &of) ? 0 : (long)of.st_size;
}

static long size_at(const char *path)
{
    struct stat of;
    return stat(path, &of) || of.st_nlink > 1 ? 0 : (long)of.st_size;
}

static void give_back(long bytes)
{
    if (room >= 0)
        room += bytes;
}

/* How much of a write there is room for: only what makes a file longer takes any. */
static size_t fitting(int fd, size_t length, long at)
{
    long grows = at + (long)length - size_of(fd);
    if (room < 0 || grows <= 0)
        return length;
    if (grows <= room) {
        room -= grows;
        return length;
    }
    size_t fits = grows - room > (long)length ? 0 : length - (size_t)(grows - room);
    room = 0;
    return fits;
}

static ssize_t written(int fd, const void *bytes, size_t length, long at, int is_at)
{
    long where = is_at ? at : (long)lseek(fd, 0, SEEK_CUR);
    int due = is_due(WRITE);
    if (due == 1) {
        errno = failure;
        return -1;
    }
    size_t fits = due == 2 ? length / 2 : fitting(fd, length, where);
    if (!fits && length && due != 2) {
        errno = ENOSPC;
        return -1;
    }
    ssize_t done = is_at ? syscall(SYS_pwrite64, fd, bytes, fits, at)
                         : syscall(SYS_write, fd, bytes, fits);
    if (done > 0)
        note('w', fd, (uint64_t)where, bytes, (uint64_t)done);
    if (due == 2)
        die();
    return done;
}

ssize_t write(int fd, const void *bytes, size_t length)
{
    return is_ours(fd) ? written(fd, bytes, length, 0, 0) : syscall(SYS_write, fd, bytes, length);
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t at)
{
    return is_ours(fd) ? written(fd, bytes, length, at, 1)
                       : syscall(SYS_pwrite64, fd, bytes, length, at);
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t at)
{
    return pwrite64(fd, bytes, length, at);
}

static int flushed(int fd, long which)
{
    if (!is_ours(fd))
        return (int)syscall(which, fd);
    if (fails(SYNC))
        return -1;
    int done = (int)syscall(which, fd);
    if (!done)
        note('s', fd, 0, NULL, 0);
    return done;
}

int fsync(int fd) { return flushed(fd, SYS_fsync); }
int fdatasync(int fd) { return flushed(fd, SYS_fdatasync); }

int ftruncate64(int fd, off64_t length)
{
    if (!is_ours(fd))
        return (int)syscall(SYS_ftruncate, fd, length);
    if (fails(CUT))
        return -1;
    long before = size_of(fd);
    int done = (int)syscall(SYS_ftruncate, fd, length);
    if (!done) {
        give_back(before > length ? before - length : 0);
        note('t', fd, (uint64_t)length, NULL, 0);
    }
    return done;
}

int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }

/* Python copies files in the kernel where it can; refused like this, it reads and writes. */
ssize_t sendfile64(int to, int from, off64_t *at, size_t length)
{
    if (is_ours(to)) {
        errno = ENOTSOCK;
        return -1;
    }
    return syscall(SYS_sendfile, to, from, at, length);
}

ssize_t sendfile(int to, int from, off_t *at, size_t length)
{
    return sendfile64(to, from, at, length);
}

static int opened(int directory, const char *path, int flags, mode_t mode)
{
    if (!is_below(path) || (directory != AT_FDCWD && path[0] != '/'))
        return (int)syscall(SYS_openat, directory, path, flags, mode);
    int is_writing = (flags & O_ACCMODE) != O_RDONLY;
    struct stat before;
    int is_new = stat(path, &before) != 0;
    /* A full disk still lets what is there be opened. */
    int takes_room = flags & O_CREAT && is_new;
    if ((failure != ENOSPC || takes_room) && fails(OPEN))
        return -1;
    int fd = (int)syscall(SYS_openat, directory, path, flags, mode);
    if (fd >= 0 && is_writing && is_new) {
        struct stat of;
        fstat(fd, &of);
        note_names('c', of.st_ino, path, NULL);
    } else if (fd >= 0 && is_writing && flags & O_TRUNC) {
        give_back((long)before.st_size);
        note('t', fd, 0, NULL, 0);
    }
    return fd;
}

#define MODE_OF(flags)                                                                            \
    mode_t mode = 0;                                                                              \
    if ((flags) & O_CREAT) {                                                                      \
        va_list more;                                                                             \
        va_start(more, flags);                                                                    \
        mode = (mode_t)va_arg(more, int);                                                         \
        va_end(more);                                                                             \
    }

int open(const char *path, int flags, ...)
{
    MODE_OF(flags)
    return opened(AT_FDCWD, path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
    MODE_OF(flags)
    return opened(AT_FDCWD, path, flags, mode);
}

int openat(int directory, const char *path, int flags, ...)
{
    MODE_OF(flags)
    return opened(directory, path, flags, mode);
}

int openat64(int directory, const char *path, int flags, ...)
{
    MODE_OF(flags)
    return opened(directory, path, flags, mode);
}

/* --- names --------------------------------------------------------------------------------- */

/* Where `path` is, seen from an open folder: absolute, so that it can be judged and noted. */
static const char *seen_from(int directory, const char *path, char *whole)
{
    if (directory == AT_FDCWD || path[0] == '/')
        return path;
    if (!path_of(directory, whole))
        return path;
    strncat(whole, "/", 2);
    strncat(whole, path, 4000);
    return whole;
}

static int renamed(const char *from, const char *to, unsigned flags)
{
    if (!is_below(to) && !is_below(from))
        return (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, flags);
    if (fails(RENAME))
        return -1;
    long replaced = size_at(to);
    int done = (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, flags);
    if (!done) {
        give_back(replaced);
        note_names(flags ? 'x' : 'r', 0, from, to);
    }
    return done;
}

int rename(const char *from, const char *to) { return renamed(from, to, 0); }

int renameat2(int from_folder, const char *from, int to_folder, const char *to, unsigned flags)
{
    char one[8192], other[8192];
    return renamed(seen_from(from_folder, from, one), seen_from(to_folder, to, other), flags);
}

int renameat(int from_folder, const char *from, int to_folder, const char *to)
{
    return renameat2(from_folder, from, to_folder, to, 0);
}

int unlinkat(int directory, const char *path, int flags)
{
    char whole[8192];
    const char *at = seen_from(directory, path, whole);
    if (!is_below(at))
        return (int)syscall(SYS_unlinkat, directory, path, flags);
    if (fails(UNLINK))
        return -1;
    long bytes = flags & AT_REMOVEDIR ? 0 : size_at(at);
    int done = (int)syscall(SYS_unlinkat, directory, path, flags);
    if (!done) {
        give_back(bytes);
        note_names(flags & AT_REMOVEDIR ? 'd' : 'u', 0, at, NULL);
    }
    return done;
}

int unlink(const char *path) { return unlinkat(AT_FDCWD, path, 0); }
int rmdir(const char *path) { return unlinkat(AT_FDCWD, path, AT_REMOVEDIR); }

int mkdir(const char *path, mode_t mode)
{
    if (!is_below(path))
        return (int)syscall(SYS_mkdirat, AT_FDCWD, path, mode);
    if (fails(MAKE))
        return -1;
    int done = (int)syscall(SYS_mkdirat, AT_FDCWD, path, mode);
    struct stat of;
    if (!done && !stat(path, &of))
        note_names('m', of.st_ino, path, NULL);
    return done;
}

/* --- memory -------------------------------------------------------------------------------- */

extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);

static int has_none(void *caller)
{
    if (!(kinds & ALLOC) || (uintptr_t)caller < library_from || (uintptr_t)caller >= library_to)
        return 0;
    return fails(ALLOC);
}

void *malloc(size_t length)
{
    return has_none(__builtin_return_address(0)) ? NULL : __libc_malloc(length);
}

void *calloc(size_t count, size_t length)
{
    return has_none(__builtin_return_address(0)) ? NULL : __libc_calloc(count, length);
}

void *realloc(void *at, size_t length)
{
    return has_none(__builtin_return_address(0)) ? NULL : __libc_realloc(at, length);
}
