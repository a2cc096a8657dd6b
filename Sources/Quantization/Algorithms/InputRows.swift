package import Graphs
import Tensors

/// Where a layer's weights meet its input: which pixels a row of the matrix product reads.
package struct InputRows: Sendable {
  /// How many integers a row has: input channels of a group times taps, in the order of the layer's weights.
  package let width: Int

  /// How many groups the input channels are split into, each with rows of its own.
  let groups: Int
  /// Input channels of a group.
  let channels: Int
  /// Pixels in a row.
  let taps: Int
  private let extents: (height: Int, width: Int)
  private let outputs: (height: Int, width: Int)
  private let window: SpatialWindow?
  private let pads: [Int]

  /// The rows of the first layer of a graph with inferred types that computes a value.
  package init?(of value: ValueID, in graph: Graph) {
    guard let index = graph.producers()[value], let layer = try? WeightedLayer(index, in: graph) else { return nil }
    self.init(layer, in: graph)
  }

  /// The rows of a layer; nil for shapes that do not fit.
  init?(_ layer: WeightedLayer, in graph: Graph) {
    guard let shape = graph.type(of: layer.data)?.shape, layer.groups >= 1 else { return nil }
    groups = layer.groups
    if let conv = graph.nodes[layer.node].op as? Conv {
      guard shape.rank == 4, shape[0] == 1, let weights = graph.constant(layer.weights)?.shape, weights.rank == 4,
        let window = try? conv.window(weights: weights), window.rank == 2,
        let (output, pads) = try? window.resolve([shape[2], shape[3]]), pads.allSatisfy({ $0 >= 0 })
      else { return nil }
      channels = shape[1] / layer.groups
      extents = (shape[2], shape[3])
      outputs = (output[0], output[1])
      self.window = window
      self.pads = pads
      taps = window.kernel[0] * window.kernel[1]
    } else {
      guard shape.rank == 2, layer.groups == 1 else { return nil }
      channels = shape[1]
      extents = (1, shape[0])
      outputs = extents
      window = nil
      pads = []
      taps = 1
    }
    width = channels * taps
    guard width > 0, outputs.height > 0, outputs.width > 0 else { return nil }
  }

  /// How many rows one sample has.
  var countPerSample: Int { outputs.height * outputs.width }

  /// Writes which pixels of a sample one row reads.
  ///
  /// - Parameters:
  ///   - row: 0 ..< countPerSample.
  ///   - write: takes a tap, and the number of a pixel; nil for one in the padding.
  @inline(__always)
  func forEachPixel(of row: Int, _ write: (_ tap: Int, _ pixel: Int?) -> Void) {
    guard let window else { return write(0, row) }
    let (y, x) = (row / outputs.width * window.strides[0] - pads[0], row % outputs.width * window.strides[1] - pads[1])
    var tap = 0
    for tapY in 0..<window.kernel[0] {
      let fromY = y + tapY * window.dilations[0]
      for tapX in 0..<window.kernel[1] {
        let fromX = x + tapX * window.dilations[1]
        let isInside = fromY >= 0 && fromY < extents.height && fromX >= 0 && fromX < extents.width
        write(tap, isInside ? fromY * extents.width + fromX : nil)
        tap += 1
      }
    }
  }
}
