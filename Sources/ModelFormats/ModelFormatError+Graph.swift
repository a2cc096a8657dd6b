import Graphs
import Tensors

extension ModelFormatError {
  /// A graph's error seen from the file that describes the graph.
  init(_ error: GraphError) {
    let code: Code =
      switch error.code {
      case .unsupportedOperator: .unsupportedOperator
      case .dynamicShape: .unsupportedFeature
      case .invalidAttribute, .invalidInput, .invalidGraph: .invalidModel
      }
    self.init(code, error.description, context: error.node)
  }

  /// A tensor's error seen from the file that holds the tensor.
  init(_ error: TensorError, at name: String) {
    self.init(.invalidModel, "“\(name)”: \(error.message)", context: name)
  }
}
