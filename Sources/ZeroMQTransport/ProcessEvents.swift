import CZeroMQ
import Glibc

/// What the operating system tells the process: signals, and the end of the parent.
final class ProcessEvents: Sendable {
  /// One event.
  enum Event: Sendable, Equatable {
    /// SIGINT.
    case interrupt
    /// SIGTERM, SIGHUP or the end of the parent.
    case termination
  }

  /// Readable while a signal waits.
  let signalDescriptor: Int32
  /// Readable once the parent has ended; -1 where it is not watched or the system has no such descriptor.
  let parentDescriptor: Int32
  /// The process that must live on; nil where the kernel was not started as part of it.
  private let parent: pid_t?

  /// Takes the signals away from their default actions, in this thread and in those that it starts from now on, and begins
  /// to watch the parent where the environment variable `JPY_PARENT_PID` says that the kernel belongs to it.
  init() throws(TransportError) {
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    for signal in [SIGINT, SIGTERM, SIGHUP] { unsafe sigaddset(&signals, signal) }
    unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
    signal(SIGPIPE, SIG_IGN)
    signalDescriptor = unsafe octet_signalfd(&signals)
    parent = Self.watchedParent
    parentDescriptor = parent.map { octet_pidfd_open($0) } ?? -1
    guard signalDescriptor >= 0 else {
      throw .last(
        .socketCreation, "the system refused a descriptor; raise the limit of open files", context: "signalfd")
    }
  }

  deinit {
    for descriptor in [signalDescriptor, parentDescriptor] where descriptor >= 0 { close(descriptor) }
  }

  /// Milliseconds between looks at the parent: -1, never, where a descriptor tells of its end.
  var pollTimeout: Int { parent != nil && parentDescriptor < 0 ? 1000 : -1 }

  /// Whether the parent has ended.
  var isOrphaned: Bool {
    guard let parent else { return false }
    return getppid() != parent
  }

  /// Takes the next signal that waits.
  func nextSignal() -> Event? {
    var information = signalfd_siginfo()
    let size = MemoryLayout<signalfd_siginfo>.size
    guard unsafe read(signalDescriptor, &information, size) == size else { return nil }
    return information.ssi_signo == UInt32(SIGINT) ? .interrupt : .termination
  }

  /// The parent, unless the kernel is independent or its real parent had ended before it could look.
  private static var watchedParent: pid_t? {
    guard let text = unsafe getenv("JPY_PARENT_PID"), let named = unsafe pid_t(String(cString: text)) else {
      return nil
    }
    let parent = getppid()
    return parent > 1 || parent == named ? parent : nil
  }
}
