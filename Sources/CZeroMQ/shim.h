#ifndef OCTET_CZEROMQ_SHIM_H
#define OCTET_CZEROMQ_SHIM_H

// libzmq, and the Linux descriptors that are polled beside its sockets.

#include <zmq.h>

#include <signal.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

// glibc has a wrapper only from version 2.36 on.
static inline int octet_pidfd_open(pid_t pid) {
#ifdef SYS_pidfd_open
  return (int)syscall(SYS_pidfd_open, pid, 0);
#else
  (void)pid;
  return -1;
#endif
}

// Sends to the executable's own process the signals in `set` through a descriptor instead of a handler.
static inline int octet_signalfd(const sigset_t *set) {
  return signalfd(-1, set, SFD_NONBLOCK | SFD_CLOEXEC);
}

static inline int octet_eventfd(void) {
  return eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
}

#endif
