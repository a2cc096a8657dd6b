/// How much of a dataset is taken.
public enum SubsetSize: Sendable, Hashable {
  /// So many samples.
  case count(Int)
  /// A share above 0 and up to 100, rounded up to whole samples.
  case percent(Double)
}

extension Dataset {
  /// A random part of the dataset, in the dataset's order.
  ///
  /// Each set of samples of this size is equally likely (Fisher-Yates shuffle, broken off). The numbers come from
  /// SplitMix64, so that the same seed gives the same part of the same dataset everywhere.
  ///
  /// - Throws: `DatasetError.invalidSubset` unless the size is at least 1 sample and at most as many as there are.
  public func subset(_ size: SubsetSize, seed: UInt64 = 0) throws(DatasetError) -> Dataset {
    let count = try sampleCount(of: size)
    guard count < samples.count else { return self }
    var generator = SplitMix64(seed: seed)
    var order = Array(samples.indices)
    for position in 0..<count {
      order.swapAt(position, position + generator.next(below: order.count - position))
    }
    return selecting(order.prefix(count).sorted().map { samples[$0] })
  }

  private func sampleCount(of size: SubsetSize) throws(DatasetError) -> Int {
    switch size {
    case .count(let count):
      guard (1...samples.count).contains(count) else {
        throw DatasetError(
          .invalidSubset, "a subset of \(count) cannot be taken from \(samples.count) pictures",
          remedy: "use a number from 1 to \(samples.count)")
      }
      return count
    case .percent(let share):
      guard share > 0, share <= 100 else {
        throw DatasetError(
          .invalidSubset, "a subset of \(share) % is not possible", remedy: "use more than 0 % and at most 100 %")
      }
      return min(max(Int((Double(samples.count) * share / 100).rounded(.up)), 1), samples.count)
    }
  }
}
