internal import Glibc

/// Bytes on a 64-byte boundary, zero at first.
///
/// Checked as Sendable by hand: packed weights are written only while a plan is made, by one thread, and are read-only
/// from then on; an arena belongs to one executor, whose worker threads write disjoint parts of it.
@safe final class AlignedBuffer: @unchecked Sendable {
  let byteCount: Int
  let base: UnsafeMutableRawPointer

  /// The pages that large buffers ask for: reading on over small ones costs a search for each.
  private static let hugePageByteCount = 2 << 20

  /// More bytes than any machine has.
  static let limit = 1 << 46

  /// Takes memory from the system.
  ///
  /// - Throws: `InferenceError.outOfMemory` with the size.
  init(byteCount: Int) throws(InferenceError) {
    let alignment = byteCount >= Self.hugePageByteCount ? Self.hugePageByteCount : 64
    guard (0..<Self.limit).contains(byteCount),
      case let size = max((byteCount + alignment - 1) / alignment * alignment, 64),
      let memory = unsafe aligned_alloc(alignment, size)
    else { throw InferenceError(.outOfMemory, "there is no memory for \(byteCount) bytes") }
    if alignment > 64 { _ = unsafe madvise(memory, size, MADV_HUGEPAGE) }
    unsafe memset(memory, 0, size)
    self.byteCount = size
    unsafe base = memory
  }

  deinit { unsafe free(base) }

  /// Makes a buffer that holds the elements.
  convenience init<Element: BitwiseCopyable>(_ elements: [Element], padding: Int = 0) throws(InferenceError) {
    let bytes = elements.count * MemoryLayout<Element>.stride
    try self.init(byteCount: bytes + padding)
    unsafe elements.withUnsafeBytes { source in
      if let address = source.baseAddress { unsafe base.copyMemory(from: address, byteCount: bytes) }
    }
  }

  /// The address of an element as a typed pointer.
  func pointer<Element>(_ type: Element.Type, at byteOffset: Int = 0) -> UnsafeMutablePointer<Element> {
    unsafe (base + byteOffset).assumingMemoryBound(to: type)
  }
}
