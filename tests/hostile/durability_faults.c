/* Makes one call that writes below a directory fail: preloaded into a process, armed from it by ctypes.
 *
 * faults_arm(directory, nth, error) makes the nth such call from now on fail with this errno, once; nth 0 only counts.
 * faults_seen() gives the number of such calls since. Reads, and calls elsewhere, go through untouched.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static char below[PATH_MAX];
static long nth, seen;
static int error;

void faults_arm(const char *directory, long at, int with) {
    snprintf(below, sizeof below, "%s/", directory);
    nth = at;
    error = with;
    seen = 0;
}

long faults_seen(void) { return seen; }

static int fails(void) {
    if (++seen != nth) return 0;
    errno = error;
    return 1;
}

static int path_fails(const char *path) {
    return *below && path && !strncmp(path, below, strlen(below)) && fails();
}

static int fd_fails(int fd) {
    char link[64], path[PATH_MAX];
    if (!*below) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    int saved = errno;
    ssize_t length = readlink(link, path, sizeof path - 1);
    errno = saved;
    if (length < 0) return 0;
    path[length] = 0;
    return path_fails(path);
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define BY_FD(type, name, parameters, ...) \
    type name parameters { return fd_fails(fd) ? -1 : REAL(name)(__VA_ARGS__); }
#define BY_PATH(name, parameters, ...) \
    int name parameters { return path_fails(path) ? -1 : REAL(name)(__VA_ARGS__); }

BY_FD(ssize_t, write, (int fd, const void *data, size_t size), fd, data, size)
BY_FD(ssize_t, pwrite, (int fd, const void *data, size_t size, off_t at), fd, data, size, at)
BY_FD(ssize_t, pwrite64, (int fd, const void *data, size_t size, off64_t at), fd, data, size, at)
BY_FD(ssize_t, writev, (int fd, const struct iovec *parts, int count), fd, parts, count)
BY_FD(int, fsync, (int fd), fd)
BY_FD(int, fdatasync, (int fd), fd)
BY_FD(int, ftruncate, (int fd, off_t size), fd, size)
BY_FD(int, ftruncate64, (int fd, off64_t size), fd, size)
BY_PATH(mkdir, (const char *path, mode_t mode), path, mode)
BY_PATH(rename, (const char *path, const char *to), path, to)
BY_PATH(link, (const char *path, const char *to), path, to)
BY_PATH(unlink, (const char *path), path)
BY_PATH(chmod, (const char *path, mode_t mode), path, mode)

#define OPENS(name) \
    int name(const char *path, int flags, ...) { \
        va_list rest; \
        va_start(rest, flags); \
        mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0; \
        va_end(rest); \
        return flags & (O_CREAT | O_WRONLY | O_RDWR) && path_fails(path) ? -1 : REAL(name)(path, flags, mode); \
    }
OPENS(open)
OPENS(open64)
