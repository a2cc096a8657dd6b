import Graphs
import Inference
package import Tensors

/// How strongly the integers that a layer's weights multiply vary together: their covariance over rows of samples.
///
/// Sums of products are taken by the engine's own integer product, so that they are the same on every processor.
package struct InputCovariance: Sendable {
  /// Integers in a row.
  package let width: Int
  /// The covariance of each pair, [width][width].
  package let values: [Float]

  /// Takes a covariance, [width][width].
  package init(width: Int, values: [Float]) {
    self.width = width
    self.values = values
  }

  /// Weights in a row beyond which a covariance would take too much time and room.
  static let largestWidth = 1536
  /// Rows that are looked at, times the width.
  private static let rowsPerWeight = 4
  private static let smallestRowCount = 2048

  /// Weights in a row up to which sums are taken here rather than by the engine.
  private static let smallWidth = 64

  /// The covariance over evenly spread rows of some samples.
  ///
  /// - Parameters:
  ///   - group: whose rows, for a layer with groups.
  ///   - stored: the layer's input for each sample, uint8 with the channels last.
  ///   - zeroPoint: what stands for 0, also in the padding.
  /// - Returns: nil if there are too few rows to say anything, or too many weights in a row.
  package init?(_ rows: InputRows, group: Int = 0, stored: [Tensor], zeroPoint: UInt8, threads: Int) throws {
    guard let sample = Self.sample(rows, stored, zeroPoint) else { return nil }
    let channels = group * rows.channels..<(group + 1) * rows.channels
    let width = rows.width
    if width <= Self.smallWidth {
      let columns = sample.columns(of: channels, as: Int16.self, minus: 128)
      self.init(columns: columns.span, width: width, count: sample.count)
      return
    }
    let left = sample.columns(of: channels, as: UInt8.self, minus: 0)
    let products = try Self.products(left, width: width, count: sample.count, threads: threads)
    let means = left.columnMeans(count: sample.count)
    var values = [Float](repeating: 0, count: width * width)
    for i in 0..<width {
      for j in 0..<width {
        values[i * width + j] = Float(
          Double(products[i * width + j]) / Double(sample.count) - means[i] * (means[j] - 128))
      }
    }
    self.init(width: width, values: values)
  }

  /// The covariances of a layer each of whose groups reads one channel, its own.
  ///
  /// - Returns: one a group; nil as for `init`.
  /// - Throws: `CancellationError`.
  static func ofSingleChannels(
    _ rows: InputRows, stored: [Tensor], zeroPoint: UInt8, threads: Int, isCancelled: @escaping () -> Bool
  ) throws -> [InputCovariance]? {
    guard rows.channels == 1, rows.width <= smallWidth, let sample = sample(rows, stored, zeroPoint) else { return nil }
    let width = rows.width
    let blocks = (rows.groups + channelsOfBlock - 1) / channelsOfBlock
    let loop = SampleLoop(sampleCount: blocks, threads: threads, blockSize: 1, isCancelled: isCancelled)
    var found: [InputCovariance] = []
    try loop.run(
      makeWorker: {
        { range, finish in
          let channels = range.lowerBound * channelsOfBlock..<min(range.upperBound * channelsOfBlock, rows.groups)
          let columns = sample.columns(of: channels, as: Int16.self, minus: 128)
          let size = width * sample.count
          let block = channels.indices.map { index in
            let start = (index - channels.lowerBound) * size
            return InputCovariance(
              columns: columns.span.extracting(start..<start + size), width: width, count: sample.count)
          }
          try finish()
          return block
        }
      }, progress: { _ in }, merge: { found += $0 })
    return found
  }

  /// Channels that are looked at together, since they lie side by side.
  private static let channelsOfBlock = 16

  private static func sample(_ rows: InputRows, _ stored: [Tensor], _ zeroPoint: UInt8) -> RowSample? {
    guard rows.width <= largestWidth else { return nil }
    return RowSample(
      rows, stored: stored, padding: zeroPoint, wanted: max(rowsPerWeight * rows.width, smallestRowCount))
  }

  /// The covariance of columns of integers of -128 ... 127, one behind the other.
  private init(columns: Span<Int16>, width: Int, count: Int) {
    var sums = [Double](repeating: 0, count: width)
    var values = [Float](repeating: 0, count: width * width)
    for i in 0..<width {
      let one = columns.extracting(i * count..<(i + 1) * count)
      var sum = 0
      for row in one.indices { sum += Int(one[row]) }
      sums[i] = Double(sum) / Double(count)
    }
    for i in 0..<width {
      let one = columns.extracting(i * count..<(i + 1) * count)
      for j in 0...i {
        let other = columns.extracting(j * count..<(j + 1) * count)
        // Products are at most 2^14, rows fewer than 2^17.
        var sum: Int32 = 0
        for row in 0..<count { sum &+= Int32(one[row]) &* Int32(other[row]) }
        let value = Float(Double(sum) / Double(count) - sums[i] * sums[j])
        values[i * width + j] = value
        values[j * width + i] = value
      }
    }
    self.init(width: width, values: values)
  }

  /// The sums over rows of left[i] * (left[j] - 128) for each pair of columns.
  private static func products(_ left: [UInt8], width: Int, count: Int, threads: Int) throws -> [Float] {
    var graph = Graph(name: "covariance")
    let shape = try Shape([width, count])
    let input = graph.addInput("rows", ValueType(.uint8, shape))
    let one = graph.addConstant("one", Tensor(scalar: Float(1)))
    let unsignedZero = graph.addConstant("unsigned_zero", Tensor(scalar: UInt8(0)))
    let signedZero = graph.addConstant("signed_zero", Tensor(scalar: Int8(0)))
    let integers = graph.addConstant(
      "integers", try Tensor(shape: shape, left.map { Int8(bitPattern: $0 ^ 0x80) }))
    let reals = graph.append(DequantizeLinear(), name: "dequantize", inputs: [input, one, unsignedZero])
    let weights = graph.append(DequantizeLinear(), name: "weights", inputs: [integers, one, signedZero])
    graph.outputs = graph.append(Gemm(transB: true), name: "products", inputs: reals + weights)
    try graph.inferTypes()
    let plan = try ExecutionPlan(graph, options: InferenceOptions(channelsLast: [input]))
    return try Executor(plan, threads: threads).run([try Tensor(shape: shape, left)])[0].floats
  }
}

extension [UInt8] {
  /// The mean of each column of so many integers.
  fileprivate func columnMeans(count: Int) -> [Double] {
    Swift.stride(from: 0, to: self.count, by: Swift.max(count, 1)).map { start in
      var sum = 0
      for index in start..<Swift.min(start + count, self.count) { sum += Int(self[index]) }
      return Double(sum) / Double(count)
    }
  }
}
