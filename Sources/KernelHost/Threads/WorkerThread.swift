import Glibc

/// Starts threads of the operating system that live as long as the process or their work.
package enum WorkerThread {
  /// What a thread runs, in a box that passes through C.
  private final class Work: Sendable {
    let body: @Sendable () -> Void

    init(_ body: @escaping @Sendable () -> Void) {
      self.body = body
    }
  }

  /// Starts a thread that runs `body` once.
  ///
  /// - Parameters:
  ///   - name: what the thread is for, shown where it cannot be started.
  ///   - stackSize: bytes of stack; nil for the system's default.
  /// - Throws: `KernelHostError` with code `threadCreation` where the system refuses.
  package static func start(
    name: String, stackSize: Int? = nil, _ body: @escaping @Sendable () -> Void
  ) throws(KernelHostError) {
    var attributes = pthread_attr_t()
    unsafe pthread_attr_init(&attributes)
    defer { unsafe pthread_attr_destroy(&attributes) }
    unsafe pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    if let stackSize { unsafe pthread_attr_setstacksize(&attributes, stackSize) }
    let work = unsafe Unmanaged.passRetained(Work(body))
    var thread = pthread_t()
    let status = unsafe pthread_create(
      &thread, &attributes,
      { argument in
        guard let argument = unsafe argument else { return nil }
        unsafe Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body()
        return nil
      }, work.toOpaque())
    guard status == 0 else {
      unsafe work.release()
      throw KernelHostError(
        .threadCreation, "the system refused a new thread (error \(status)); raise the limit of processes",
        context: name)
    }
  }
}
