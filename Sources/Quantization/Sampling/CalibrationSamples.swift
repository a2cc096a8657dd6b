import Synchronization
public import Tensors

/// The samples that a quantization may look at.
public struct CalibrationSamples: Sendable {
  /// How many there are.
  public let count: Int
  /// The tensors to feed for a sample, by its number; nil for a sample that cannot be used.
  public let tensors: @Sendable (Int) throws -> [Tensor]?

  /// Makes samples of a function that may be called from several threads, and more than once for a number.
  public init(count: Int, tensors: @escaping @Sendable (Int) throws -> [Tensor]?) {
    self.count = count
    self.tensors = tensors
  }

  /// The same samples, of which some are read only once while they take no more than so many bytes.
  func remembering(_ wanted: Set<Int>, byteLimit: Int) -> CalibrationSamples {
    guard !wanted.isEmpty else { return self }
    let memory = Memory()
    return CalibrationSamples(count: count) { index in
      guard wanted.contains(index) else { return try tensors(index) }
      if let known = memory.contents.withLock({ $0.samples[index] }) { return known }
      guard let read = try tensors(index) else { return nil }
      let size = read.reduce(0) { $0 + $1.byteCount }
      memory.contents.withLock { contents in
        guard contents.byteCount + size <= byteLimit else { return }
        contents.byteCount += size
        contents.samples[index] = read
      }
      return read
    }
  }

  /// What was read.
  private final class Memory: Sendable {
    let contents = Mutex((byteCount: 0, samples: [Int: [Tensor]]()))
  }

  /// Some of the samples, at even distances; all if there are no more.
  func subset(size: Int) -> [Int] { Self.evenlySpread(Array(0..<max(count, 0)), size: size) }

  /// Some elements of a list at even distances.
  static func evenlySpread(_ list: [Int], size: Int) -> [Int] {
    guard list.count > size else { return list }
    return (0..<size).map { list[$0 * list.count / size] }
  }
}
