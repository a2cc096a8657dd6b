import Graphs
import Tensors

/// A graph in the form that ONNX can express: no fused activations, no attributes of old operator sets, and every output
/// computed by a node of its own.
struct ONNXExportableGraph {
  /// Values, inputs and outputs; its nodes are those that were, not those to be written.
  private(set) var graph: Graph
  /// What is to be written, in order.
  private(set) var nodes: [ONNXExportableNode] = []

  /// Rewrites a graph.
  ///
  /// - Throws: `ModelFormatError.cannotExport`.
  init(_ original: Graph) throws(ModelFormatError) {
    graph = original
    for node in original.nodes { try add(node) }
    separateOutputs()
  }

  /// The operator set to name.
  var opset: Int { nodes.map(\.firstOpset).max() ?? 18 }

  /// The version of the file format that came with the operator set.
  var irVersion: Int64 {
    switch opset {
    case ...18: 8
    case 19...20: 9
    case 21...22: 10
    default: 11
    }
  }

  private mutating func add(_ node: Node) throws(ModelFormatError) {
    var written = ONNXExportableNode(
      name: node.name, operatorName: node.operatorName, attributes: node.op.attributes, inputs: node.inputs,
      outputs: node.outputs)
    modernize(&written)
    if let softmax = node.op as? Softmax, softmax.flattens {
      return try addFlattened(written, axis: softmax.axis)
    }
    if let softmax = node.op as? LogSoftmax, softmax.flattens {
      return try addFlattened(written, axis: softmax.axis)
    }
    guard let op = node.op as? any ActivationFusing, op.activation != .identity, let output = node.outputs.first ?? nil
    else {
      nodes.append(written)
      return
    }
    let before = graph.addValue(graph[output].name + "/before_activation", type: graph.type(of: output))
    written.outputs[0] = before
    nodes.append(written)
    nodes.append(activation(op.activation, named: node.name + "/activation", from: before, to: output))
  }

  private mutating func activation(
    _ activation: Activation, named name: String, from input: ValueID, to output: ValueID
  ) -> ONNXExportableNode {
    var node = ONNXExportableNode(name: name, operatorName: "Relu", inputs: [input], outputs: [output])
    guard activation != .relu else { return node }
    node.operatorName = "Clip"
    let (lower, upper) = activation.bounds
    let type = graph.type(of: output)?.elementType ?? .float32
    node.inputs += [("min", lower), ("max", upper)].map { suffix, bound in
      bound.map { graph.addConstant("\(name)/\(suffix)", Tensor(scalar: $0).converted(to: type)) }
    }
    return node
  }

  /// Softmax as it was before opset 13: over all axes from one on together.
  private mutating func addFlattened(_ node: ONNXExportableNode, axis: Int) throws(ModelFormatError) {
    guard let input = node.inputs.first ?? nil, let type = graph.type(of: input) else {
      throw ModelFormatError(
        .cannotExport, "the type of the input of “\(node.name)” is not known",
        remedy: "infer types before exporting", context: node.name)
    }
    let first = axis < 0 ? axis + type.shape.rank : axis
    var node = node
    node.attributes = first == type.shape.rank - 1 ? [:] : ["axis": .integer(Int64(first))]
    guard !type.shape.dimensions.dropFirst(first + 1).allSatisfy({ $0 == 1 }) || first == type.shape.rank else {
      nodes.append(node)
      return
    }
    let flat = graph.addValue(node.name + "/flat")
    let result = graph.addValue(node.name + "/result")
    let shape = graph.addConstant(node.name + "/shape", Tensor(vector: type.shape.dimensions.map(Int64.init)))
    nodes.append(
      ONNXExportableNode(
        name: node.name + "/flatten", operatorName: "Flatten", attributes: ["axis": .integer(Int64(first))],
        inputs: [input], outputs: [flat]))
    nodes.append(
      ONNXExportableNode(name: node.name, operatorName: node.operatorName, inputs: [flat], outputs: [result]))
    nodes.append(
      ONNXExportableNode(
        name: node.name + "/reshape", operatorName: "Reshape", inputs: [result, shape], outputs: node.outputs))
  }

  private mutating func separateOutputs() {
    var produced: Set<ValueID> = []
    for node in nodes { produced.formUnion(node.outputs.compactMap { $0 }) }
    var seen: Set<ValueID> = []
    for (index, output) in graph.outputs.enumerated() {
      guard !produced.contains(output) || !seen.insert(output).inserted else { continue }
      let copy = graph.addValue(graph[output].name + "/output", type: graph.type(of: output))
      nodes.append(
        ONNXExportableNode(name: graph[copy].name, operatorName: "Identity", inputs: [output], outputs: [copy]))
      graph.outputs[index] = copy
    }
  }
}

extension ONNXExportableGraph {
  /// Attributes of old operator sets that are inputs today: the input's slot and whether it is a scalar of the first
  /// input's element type or a list of int64.
  private static let inputsOnce: [String: [(attribute: String, slot: Int, isScalar: Bool)]] = [
    "Clip": [("min", 1, true), ("max", 2, true)],
    "Pad": [("pads", 1, false), ("value", 2, true)],
    "ReduceMean": [("axes", 1, false)],
    "Reshape": [("shape", 1, false)],
    "Slice": [("starts", 1, false), ("ends", 2, false), ("axes", 3, false)],
    "Split": [("split", 1, false)],
    "Squeeze": [("axes", 1, false)],
    "Unsqueeze": [("axes", 1, false)],
  ]

  private mutating func modernize(_ node: inout ONNXExportableNode) {
    for (attribute, slot, isScalar) in Self.inputsOnce[node.operatorName] ?? [] {
      guard let value = node.attributes.removeValue(forKey: attribute) else { continue }
      let tensor: Tensor
      switch value {
      case .float(let number) where isScalar:
        let type = (node.inputs.first ?? nil).flatMap { graph.type(of: $0) }?.elementType ?? .float32
        tensor = Tensor(scalar: number).converted(to: type)
      case .integers(let list): tensor = Tensor(vector: list)
      default: continue
      }
      while node.inputs.count <= slot { node.inputs.append(nil) }
      node.inputs[slot] = graph.addConstant("\(node.name)/\(attribute)", tensor)
    }
    if node.operatorName == "Split", node.inputs.count < 2, node.attributes["num_outputs"] == nil {
      node.attributes["num_outputs"] = .integer(Int64(node.outputs.count))
    }
    if node.operatorName == "QuantizeLinear", node.inputs.count > 2, node.inputs[2] != nil {
      // The zero point says the type already.
      node.attributes["output_dtype"] = nil
    }
  }
}
