internal import CMicrokernels

/// A hint to the processor that a thread waits in a loop.
enum SpinHint {
  static func pause() { mk_pause() }
}
