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

  /// Some of the samples, at even distances; all if there are no more.
  func subset(size: Int) -> [Int] { Self.evenlySpread(Array(0..<max(count, 0)), size: size) }

  /// Some elements of a list at even distances.
  static func evenlySpread(_ list: [Int], size: Int) -> [Int] {
    guard list.count > size else { return list }
    return (0..<size).map { list[$0 * list.count / size] }
  }
}
