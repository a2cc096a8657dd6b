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
  ///   - stored: the layer's input for each sample, uint8 in row-major order.
  ///   - zeroPoint: what stands for 0, also in the padding.
  /// - Returns: nil if there are too few rows to say anything, or too many weights in a row.
  package init?(_ rows: InputRows, group: Int = 0, stored: [Tensor], zeroPoint: UInt8, threads: Int) throws {
    let width = rows.width
    let wanted = max(Self.rowsPerWeight * width, Self.smallestRowCount)
    guard width <= Self.largestWidth, !stored.isEmpty, stored.count * rows.countPerSample >= 2 * width else {
      return nil
    }
    let perSample = min((wanted + stored.count - 1) / stored.count, rows.countPerSample)
    let count = perSample * stored.count
    let products: [Float]
    var sums = [Int](repeating: 0, count: width)
    func forEach(_ body: (_ row: Int, _ weight: Int, _ integer: UInt8) -> Void) {
      for (sample, tensor) in stored.enumerated() {
        guard case .uint8(let integers) = tensor.elements else { continue }
        for index in 0..<perSample {
          // Another offset a sample, so that not all samples give the same places.
          let place = (index * rows.countPerSample / perSample + sample * 37) % rows.countPerSample
          let row = sample * perSample + index
          rows.read(place, of: integers, group: group, padding: zeroPoint) { body(row, $0, $1) }
        }
      }
    }
    if width <= Self.smallWidth {
      let blocks = (count + 15) / 16
      var columns = [SIMD16<Float>](repeating: .zero, count: width * blocks)
      forEach { row, weight, integer in
        columns[weight * blocks + row / 16][row % 16] = Float(Int(integer) - 128)
        sums[weight] += Int(integer)
      }
      products = Self.products(columns, width: width, blocks: blocks)
    } else {
      var left = [Float](repeating: 0, count: width * count)
      var right = [Int8](repeating: 0, count: width * count)
      forEach { row, weight, integer in
        left[weight * count + row] = Float(Int(integer))
        right[weight * count + row] = Int8(truncatingIfNeeded: Int(integer) - 128)
        sums[weight] += Int(integer)
      }
      products = try Self.products(left, right, width: width, count: count, threads: threads)
    }
    let means = sums.map { Double($0) / Double(count) }
    let offset = width <= Self.smallWidth ? 128.0 : 0
    var values = [Float](repeating: 0, count: width * width)
    for i in 0..<width {
      for j in 0..<width {
        values[i * width + j] = Float(
          Double(products[i * width + j]) / Double(count) - (means[i] - offset) * (means[j] - 128))
      }
    }
    self.width = width
    self.values = values
  }

  /// The sums over rows of the products of each pair of columns; exact while no column has more than 2^14 rows, since
  /// every product is at most 2^14 and a lane takes a sixteenth of them.
  private static func products(_ columns: [SIMD16<Float>], width: Int, blocks: Int) -> [Float] {
    var products = [Float](repeating: 0, count: width * width)
    for i in 0..<width {
      for j in 0...i {
        var sum = SIMD16<Float>.zero
        for block in 0..<blocks { sum += columns[i * blocks + block] * columns[j * blocks + block] }
        products[i * width + j] = sum.sum()
        products[j * width + i] = products[i * width + j]
      }
    }
    return products
  }

  /// The sums over columns of left[i] * right[j].
  private static func products(
    _ left: [Float], _ right: [Int8], width: Int, count: Int, threads: Int
  ) throws -> [Float] {
    var graph = Graph(name: "covariance")
    let shape = try Shape([width, count])
    let input = graph.addInput("rows", ValueType(.float32, shape))
    let one = graph.addConstant("one", Tensor(scalar: Float(1)))
    let unsignedZero = graph.addConstant("unsigned_zero", Tensor(scalar: UInt8(0)))
    let signedZero = graph.addConstant("signed_zero", Tensor(scalar: Int8(0)))
    let integers = graph.addConstant("integers", try Tensor(shape: shape, right))
    let quantized = graph.append(QuantizeLinear(), name: "quantize", inputs: [input, one, unsignedZero])
    let reals = graph.append(DequantizeLinear(), name: "dequantize", inputs: quantized + [one, unsignedZero])
    let weights = graph.append(DequantizeLinear(), name: "weights", inputs: [integers, one, signedZero])
    graph.outputs = graph.append(Gemm(transB: true), name: "products", inputs: reals + weights)
    try graph.inferTypes()
    let executor = try Executor(ExecutionPlan(graph), threads: threads)
    return try executor.run([try Tensor(shape: shape, left)])[0].floats
  }
}
