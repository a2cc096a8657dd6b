import Graphs
import Tensors

/// Networks small enough to be counted by hand.
enum SmallGraphs {
  /// Conv 3 -> 2 channels, 1x1, on 4x4 pixels, Relu, GlobalAveragePool and Flatten: 2 scores.
  ///
  /// - Parameter factor: what the scores are multiplied by.
  static func classifier(factor: Float = 1) throws -> Graph {
    var graph = Graph(name: "small")
    let input = graph.addInput("image", ValueType(.float32, try Shape([1, 3, 4, 4])))
    let weights = graph.addConstant(
      "w", try Tensor(shape: Shape([2, 3, 1, 1]), [factor, 0, 0, 0, factor, 0] as [Float]))
    func make(_ name: String) throws -> any Operator {
      try OperatorCatalog.make(name, node: name, opset: 17, attributes: [:])
    }
    let conv = graph.append(try make("Conv"), name: "conv", inputs: [input, weights])
    let relu = graph.append(try make("Relu"), name: "relu", inputs: [conv[0]])
    let pool = graph.append(try make("GlobalAveragePool"), name: "pool", inputs: [relu[0]])
    graph.outputs = graph.append(try make("Flatten"), name: "flatten", inputs: [pool[0]])
    try graph.inferTypes()
    return graph
  }
}
