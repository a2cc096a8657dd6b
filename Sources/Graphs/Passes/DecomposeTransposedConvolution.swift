import Tensors

/// Turns a ConvTranspose whose result is exactly its stride times as large into a Conv and a DepthToSpace.
///
/// With a stride s, the s · s pixels of a block are s · s convolutions of the input, each with the taps of the window
/// that reach it (Shi et al., “Is the deconvolution layer the same as a convolutional layer?”, 2016). The weights are
/// moved, not changed, so that the sums have the same terms.
public struct DecomposeTransposedConvolution: Pass {
  public static let name = "decomposeTransposedConvolution"

  public init() {}

  public func run(on graph: inout Graph) throws(GraphError) {
    var nodes: [Node] = []
    for node in graph.nodes {
      do { nodes += try decomposed(node, in: &graph) ?? [node] } catch {
        throw error.at(node: node.name, operatorName: node.operatorName)
      }
    }
    graph.nodes = nodes
  }

  private func decomposed(_ node: Node, in graph: inout Graph) throws(GraphError) -> [Node]? {
    guard let op = node.op as? ConvTranspose, let input = node.inputs.first ?? nil,
      let output = node.outputs.first ?? nil, let x = graph.type(of: input)?.shape, x.rank == 4,
      let constants = node.constants(1...2, in: graph),
      let weights = constants.first, let outputType = graph.type(of: output)
    else { return nil }
    let (extents, window, pads) = try op.resolve(input: x, weights: weights.shape)
    let stride = window.strides[0]
    guard window.strides == [stride, stride], window.dilations == [1, 1], stride > 1, stride <= 16,
      extents == [x[2] * stride, x[3] * stride]
    else { return nil }
    let phases = [0, 1].map { Phases(stride: stride, kernel: window.kernel[$0], pad: pads[$0]) }
    let block = stride * stride
    let channels = outputType.shape[1]
    guard channels <= 1 << 20, let moved = try moved(weights, op.group, phases, channels) else { return nil }
    let middle = graph.addValue(
      "\(node.name)/blocks",
      type: ValueType(outputType.elementType, try Shape(inferred: [x[0], channels * block, x[2], x[3]])))
    var inputs: [ValueID?] = [input, graph.addConstant("\(node.name)/blocks/weights", moved)]
    if constants.count > 1 {
      let bias = try constants[1].selecting(
        (0..<channels * block).map { $0 / block }, shape: Shape(vector: channels * block))
      inputs.append(graph.addConstant("\(node.name)/blocks/bias", bias))
    }
    let conv = Conv(
      window: SpatialWindow(
        kernel: phases.map(\.extent), pads: phases.map(\.before) + phases.map(\.after)),
      group: op.group)
    let shuffle = DepthToSpace(blockSize: stride, mode: .columnRowDepth)
    return [
      Node(name: node.name, op: conv, inputs: inputs, outputs: [middle]),
      Node(name: "\(node.name)/pixels", op: shuffle, inputs: [middle], outputs: [output]),
    ]
  }

  /// The weights of the convolution: [M · s², C / group, kernel of the phases].
  private func moved(
    _ weights: Tensor, _ group: Int, _ phases: [Phases], _ channels: Int
  ) throws(GraphError) -> Tensor? {
    let (stride, groupIn) = (phases[0].stride, weights.shape[0] / group)
    let (groupOut, kernel) = (channels / group, weights.shape.dimensions.suffix(2).map(\.self))
    let shape = try Shape(
      inferred: [channels * stride * stride, groupIn, phases[0].extent, phases[1].extent])
    guard shape.elementCount <= 1 << 26 else { return nil }
    var indices: [Int] = []
    indices.reserveCapacity(shape.elementCount)
    for row in 0..<shape[0] {
      let (channel, phase) = (row / (stride * stride), row % (stride * stride))
      for c in 0..<groupIn {
        let filter = (channel / groupOut * groupIn + c) * groupOut + channel % groupOut
        for y in 0..<shape[2] {
          for x in 0..<shape[3] {
            let taps = (phases[0].tap(y, phase: phase / stride), phases[1].tap(x, phase: phase % stride))
            if let row = taps.0, let column = taps.1 {
              indices.append((filter * kernel[0] + row) * kernel[1] + column)
            } else {
              indices.append(-1)
            }
          }
        }
      }
    }
    return try weights.selecting(indices, shape: shape)
  }
}

/// What the convolution of one axis looks like whose phases make up the result.
private struct Phases {
  let stride: Int
  let kernel: Int
  let pad: Int

  /// The distances of the elements of the input that reach a block, from the first to the last.
  private var reach: ClosedRange<Int> {
    // The element at a distance d adds by the tap phase + pad - stride · d.
    let first = -((kernel - 1 - pad) / stride)
    let last = (stride - 1 + pad) / stride
    return min(first, 0)...max(last, 0)
  }

  /// The extent of the convolution's window.
  var extent: Int { reach.count }
  var before: Int { -reach.lowerBound }
  var after: Int { reach.upperBound }

  /// The tap of the transposed window for a place of the convolution's window; nil where there is none.
  func tap(_ place: Int, phase: Int) -> Int? {
    let tap = phase + pad - stride * (reach.lowerBound + place)
    return (0..<kernel).contains(tap) ? tap : nil
  }
}
