import Graphs
import Tensors

/// A node that multiplies activations by constant weights and can do so on 8-bit integers.
struct WeightedLayer {
  /// The node's index in the graph.
  var node: Int
  /// The activations.
  var data: ValueID
  /// The constant weights.
  var weights: ValueID
  /// The axis of the weights along which output channels are counted.
  var channelAxis: Int
  /// How many output channels there are.
  var channelCount: Int
  /// How many groups input and output channels are split into.
  var groups: Int
  /// What the node computes.
  var output: ValueID

  /// Why a node with weights stays in floating point.
  enum Rejection: Error {
    /// The operator has no weights.
    case notWeighted
    case reason(String)
  }

  /// Looks at a node of a graph with inferred types.
  init(_ index: Int, in graph: Graph) throws(Rejection) {
    let node = graph.nodes[index]
    let axis: Int
    switch node.op {
    case is Conv: axis = 0
    case let gemm as Gemm:
      guard !gemm.transA else { throw .reason("its activations are transposed") }
      guard gemm.alpha.isFinite, gemm.beta.isFinite else { throw .reason("alpha or beta is not a finite number") }
      axis = gemm.transB ? 0 : 1
    case is MatMul: axis = 1
    default: throw .notWeighted
    }
    guard node.inputs.count >= 2, let data = node.inputs[0], let weights = node.inputs[1],
      let output = node.outputs.first ?? nil, let dataType = graph.type(of: data)
    else { throw .reason("an input or the output is missing") }
    guard graph.constant(data) == nil else { throw .reason("its first input is constant") }
    guard let constant = graph.constant(weights) else { throw .reason("its weights are computed, not constant") }
    guard dataType.elementType == .float32, constant.elementType == .float32 else {
      throw .reason("it is not computed in float32")
    }
    let isConvolution = node.op is Conv
    guard dataType.shape.rank == (isConvolution ? 4 : 2), constant.shape.rank == dataType.shape.rank else {
      throw .reason(isConvolution ? "it is not a convolution over two axes" : "it is not a product of two matrices")
    }
    guard constant.elementCount > 0, dataType.shape.elementCount > 0, graph.type(of: output)?.shape.elementCount != 0
    else { throw .reason("it has nothing to compute") }
    guard constant.floats.allSatisfy(\.isFinite) else { throw .reason("its weights are not all finite numbers") }
    if node.inputs.count > 2, let bias = node.inputs[2] {
      guard let constant = graph.constant(bias), constant.shape.dimensions.dropLast().allSatisfy({ $0 == 1 }) else {
        throw .reason("its bias is computed, or not one number a channel")
      }
    }
    self.node = index
    self.data = data
    self.weights = weights
    self.output = output
    channelAxis = axis
    channelCount = constant.shape[axis]
    groups = (node.op as? Conv)?.group ?? 1
  }
}
