import Graphs
import Tensors

/// Convolution; the weights of a grouped one have an axis more, that of the groups.
enum IRConvolution: IRLayerReader, IRNodeWriter {
  static let types = ["Convolution", "GroupConvolution"]

  static func read(_ layer: IRLayer, into builder: inout IRGraphBuilder) throws(ModelFormatError) {
    var weights = try builder.input(1)
    var attributes = try IRWindow.attributes(layer)
    if layer.type == "GroupConvolution" {
      let shape = try builder.shape(1).dimensions
      guard shape.count >= 4 else {
        throw layer.error(.invalidModel, "its weights \(shape) lack the axis of the groups")
      }
      let merged: Shape
      do {
        merged = try Shape([shape[0] * shape[1]] + shape.dropFirst(2))
      } catch { throw layer.error(.invalidModel, error.message) }
      weights = try ungrouped(weights, merged, &builder)
      attributes["group"] = .integer(Int64(shape[0]))
    }
    builder.set(try builder.apply("Conv", [try builder.input(0), weights], attributes))
  }

  private static func ungrouped(
    _ weights: ValueID, _ shape: Shape, _ builder: inout IRGraphBuilder
  ) throws(ModelFormatError) -> ValueID {
    if case .quantized(let constant) = try builder.value(1), let reshaped = constant.reshaped(to: shape) {
      return try builder.add(reshaped, named: "\(builder.layer.name)/weights")
    }
    if let tensor = try builder.constant(1), let reshaped = try? tensor.reshaped(to: shape) {
      return builder.add(reshaped, "weights")
    }
    let extents = builder.add(Tensor(vector: shape.dimensions.map(Int64.init)), "shape")
    return try builder.apply("Reshape", [weights, extents], part: "weights")
  }

  static let operators: [any Operator.Type] = [Conv.self]

  static func write(_ node: Node, to document: inout IRDocument) throws(ModelFormatError) {
    guard let op = node.op as? Conv else { return }
    let input = try document.input(0, of: node)
    let output = try document.outputType(node)
    let value = try document.value(1, of: node)
    let shape = try document.type(of: value).shape
    let window: SpatialWindow
    do {
      window = try op.window(weights: shape)
    } catch { throw document.cannotExport(node, error.message) }
    let attributes = try IRWindow.attributes(window, input: input.shape, node, document, dilates: true)
    var port: IRDocument.Port
    if op.group == 1 {
      let weights = try document.input(value)
      port = document.add("Convolution", name: node.name, attributes, [input, weights], gives: output)
    } else {
      let grouped = [op.group, shape[0] / op.group] + shape.dimensions.dropFirst()
      let weights = try self.grouped(value, grouped, node, &document)
      port = document.add("GroupConvolution", name: node.name, attributes, [input, weights], gives: output)
    }
    if let bias = document.constant(2, of: node) {
      let extents = [1, bias.elementCount] + [Int](repeating: 1, count: shape.rank - 2)
      port = try add(bias, extents, to: port, node, &document)
    } else if node.inputs.count > 2, node.inputs[2] != nil {
      throw document.cannotExport(node, "its bias is computed")
    }
    document.set(node, port)
  }

  private static func grouped(
    _ value: ValueID, _ extents: [Int], _ node: Node, _ document: inout IRDocument
  ) throws(ModelFormatError) -> IRDocument.Port {
    let shape: Shape
    do {
      shape = try Shape(extents)
      if let tensor = document.graph.constant(value) {
        return document.add(try tensor.reshaped(to: shape), named: document.graph[value].name)
      }
    } catch { throw document.cannotExport(node, "its weights do not fit its groups") }
    if let constant = try IRFakeQuantize.constant(value, in: document) {
      return try IRFakeQuantize.add(
        constant, named: document.graph[value].name, groups: extents[0], to: &document)
    }
    let weights = try document.input(value)
    return IRReshape.reshape(weights, to: shape, name: "\(node.name)/weights", in: &document)
  }

  /// Adds a constant that is spread over a tensor.
  static func add(
    _ constant: Tensor, _ extents: [Int], to port: IRDocument.Port, _ node: Node, _ document: inout IRDocument
  ) throws(ModelFormatError) -> IRDocument.Port {
    let spread: Tensor
    do {
      spread = try constant.reshaped(to: try Shape(extents))
    } catch { throw document.cannotExport(node, "its bias does not fit") }
    let bias = document.add(spread, named: "\(node.name)/bias")
    return document.add(
      "Add", name: "\(node.name)/biased", [("auto_broadcast", "numpy")], [port, bias], gives: port.type)
  }
}
