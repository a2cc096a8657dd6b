import Glibc

/// How much memory of the C library's allocator is in use, found without taking any.
@safe final class HeapUsage {
  private typealias Report = @convention(c) (Int32, UnsafeMutablePointer<FILE>?) -> Int32

  private let report: Report
  private let text: UnsafeMutablePointer<CChar>
  private let stream: UnsafeMutablePointer<FILE>

  /// Nil if the C library does not tell, or not of this process's memory: sanitizers bring an allocator of their own.
  init?() {
    let size = 1 << 16
    guard let symbol = unsafe dlsym(nil, "malloc_info") else { return nil }
    unsafe text = UnsafeMutablePointer<CChar>.allocate(capacity: size)
    unsafe text.initialize(repeating: 0, count: size)
    guard let stream = unsafe fmemopen(text, size, "w") else { return nil }
    unsafe setvbuf(stream, nil, _IONBF, 0)
    unsafe self.stream = stream
    unsafe report = unsafeBitCast(symbol, to: Report.self)
    let before = byteCount()
    let block = unsafe malloc(1 << 22)
    let isTold = byteCount() > before
    unsafe free(block)
    if !isTold { return nil }
  }

  deinit {
    unsafe fclose(stream)
    unsafe text.deallocate()
  }

  /// Bytes that the system gave, less those that are free. What a thread keeps at hand for its next use counts as in
  /// use.
  func byteCount() -> Int {
    unsafe rewind(stream)
    _ = unsafe report(0, stream)
    unsafe fflush(stream)
    // The totals stand behind the list of heaps.
    var totals = unsafe text
    while let next = unsafe strstr(totals, "</heap>") { unsafe totals = next + 1 }
    func size(_ element: StaticString) -> Int {
      element.withUTF8Buffer { name in
        unsafe name.withMemoryRebound(to: CChar.self) { name in
          guard let name = name.baseAddress, let found = unsafe strstr(totals, name),
            let number = unsafe strstr(found, "size=\"")
          else { return 0 }
          return unsafe strtol(number + 6, nil, 10)
        }
      }
    }
    return size("<system type=\"current\"") + size("<total type=\"mmap\"") - size("<total type=\"fast\"")
      - size("<total type=\"rest\"")
  }
}
