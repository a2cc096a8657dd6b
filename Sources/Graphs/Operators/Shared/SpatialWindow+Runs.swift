extension SpatialWindow {
  /// Output positions along a row that read, through one tap of the window, input positions a stride apart.
  struct Run {
    /// Flat index of the first output position within its channel.
    var output: Int
    /// Flat index of the first input position within its channel.
    var input: Int
    /// Number of output positions.
    var count: Int
    /// Distance of the input positions.
    var stride: Int
  }

  /// For each tap of the window, row-major, the runs of output positions that read the input and not the padding.
  ///
  /// The scalar reference evaluations use it; it knows any number of spatial axes.
  /// - Throws: `GraphError.invalidInput` for windows too large to be worth evaluating.
  func runs(input: [Int], output: [Int], pads: [Int]) throws(GraphError) -> [[Run]] {
    var work = 1
    for extent in kernel + output.dropLast() {
      let (product, overflow) = work.multipliedReportingOverflow(by: max(extent, 1))
      guard !overflow, product <= 1 << 22 else {
        throw GraphError(.invalidInput, "a window of \(kernel) over \(input) is too large to be evaluated")
      }
      work = product
    }
    guard let last = kernel.indices.last else { return [] }
    var result: [[Run]] = []
    for tap in Self.positions(kernel) {
      let start = tap[last] * dilations[last] - pads[last]
      let stride = strides[last]
      let first = start >= 0 ? 0 : (-start + stride - 1) / stride
      let end = input[last] > start ? min(output[last], (input[last] - 1 - start) / stride + 1) : 0
      var runs: [Run] = []
      if first < end {
        for (row, at) in Self.positions(output.dropLast()).enumerated() {
          guard let source = inputRow(at, tap: tap, input: input, pads: pads) else { continue }
          let run = Run(
            output: row * output[last] + first, input: source * input[last] + start + first * stride,
            count: end - first, stride: stride)
          if stride == 1, let before = runs.last, before.output + before.count == run.output,
            before.input + before.count == run.input
          {
            runs[runs.count - 1].count += run.count
          } else {
            runs.append(run)
          }
        }
      }
      result.append(runs)
    }
    return result
  }

  /// How many taps of the window lie within the input, or with padding within the padded input, one an output position.
  func tapCounts(input: [Int], output: [Int], pads: [Int], withPadding: Bool) -> [Double] {
    var counts = [1.0]
    for axis in 0..<rank {
      let (before, after) = (pads[axis], pads[axis + rank])
      let (lower, upper) = withPadding ? (min(-before, 0), input[axis] + max(after, 0)) : (0, input[axis])
      var next: [Double] = []
      for count in counts {
        for position in 0..<output[axis] {
          let start = position * strides[axis] - before
          let first = start >= lower ? 0 : (lower - start + dilations[axis] - 1) / dilations[axis]
          let end = upper > start ? min(kernel[axis], (upper - 1 - start) / dilations[axis] + 1) : 0
          next.append(count * Double(max(end - first, 0)))
        }
      }
      counts = next
    }
    return counts
  }

  /// The flat index of the row of the input that a row of the output reads through a tap; nil in the padding.
  private func inputRow(_ at: [Int], tap: [Int], input: [Int], pads: [Int]) -> Int? {
    var flat = 0
    for axis in 0..<rank - 1 {
      let index = at[axis] * strides[axis] - pads[axis] + tap[axis] * dilations[axis]
      guard index >= 0, index < input[axis] else { return nil }
      flat = flat * input[axis] + index
    }
    return flat
  }

  /// All positions in extents, row-major.
  private static func positions(_ extents: some Collection<Int>) -> [[Int]] {
    var positions: [[Int]] = [[]]
    for extent in extents { positions = positions.flatMap { before in (0..<extent).map { before + [$0] } } }
    return positions
  }
}
