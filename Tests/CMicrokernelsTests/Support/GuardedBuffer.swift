import Glibc

/// Elements whose last byte lies before a page that nobody may touch, so that reading or writing beyond it ends the test.
@safe final class GuardedBuffer<Element: BitwiseCopyable> {
  let count: Int
  let pointer: UnsafeMutablePointer<Element>
  private let pages: UnsafeMutableRawPointer
  private let length: Int

  /// Makes a buffer of exactly these elements, a multiple of 64 bytes if they must be aligned so.
  init(_ elements: [Element]) {
    let page = 4096
    count = elements.count
    let bytes = count * MemoryLayout<Element>.stride
    length = (bytes + page - 1) / page * page + page
    unsafe pages = unsafe mmap(nil, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    unsafe mprotect(pages + (length - page), page, PROT_NONE)
    unsafe pointer = unsafe (pages + (length - page - bytes)).assumingMemoryBound(to: Element.self)
    for (index, element) in elements.enumerated() { unsafe pointer[index] = element }
  }

  convenience init(repeating element: Element, count: Int) {
    self.init([Element](repeating: element, count: count))
  }

  deinit { unsafe munmap(pages, length) }

  var elements: [Element] { (0..<count).map { unsafe pointer[$0] } }
}
