import Graphs
import Tensors

extension ONNXImporter {
  /// Operators that select or rearrange elements: on integers they are imported between the same quantization.
  private static let rearranging: Set<String> = [
    "Flatten", "Identity", "MaxPool", "Reshape", "Slice", "Squeeze", "Transpose", "Unsqueeze",
  ]

  /// The value of an input by its place; nil if it is left out, or belongs to an operator that is missing.
  private func value(_ node: QuantizedNode, _ index: Int) -> ValueID? {
    node.has(index) ? values[node.proto.input[index]] : nil
  }

  /// Adds the node that makes numbers of an input.
  ///
  /// - Parameter index: the input's place; its scale and zero point follow it.
  mutating func dequantized(_ node: QuantizedNode, _ index: Int, axis: Int = 1) -> ValueID {
    let suffix = node.has(index) ? node.proto.input[index] : "\(index)"
    return graph.append(
      DequantizeLinear(axis: axis), name: "\(node.name)/\(suffix)/dequantize",
      inputs: [value(node, index), value(node, index + 1), value(node, index + 2)])[0]
  }

  /// Adds a bias of int32 whose scale is the product of those of input and weights.
  ///
  /// - Parameter scales: the places of both scales.
  /// - Throws: `ModelFormatError.unsupportedFeature` if these are not constant.
  mutating func dequantizedBias(
    _ node: QuantizedNode, _ index: Int, scales: (Int, Int)
  ) throws(ModelFormatError) -> ValueID? {
    guard node.has(index) else { return nil }
    guard let input = graph.constant(value(node, scales.0))?.floats, input.count == 1,
      let weights = graph.constant(value(node, scales.1))?.floats
    else {
      throw ModelFormatError(
        .unsupportedFeature, "node “\(node.name)” has scales that are not constant, which is not supported",
        context: node.name)
    }
    let products = weights.map { $0 * input[0] }
    let scale = graph.addConstant(
      "\(node.name)/bias_scale", products.count == 1 ? Tensor(scalar: products[0]) : Tensor(vector: products))
    return graph.append(
      DequantizeLinear(axis: 0), name: "\(node.name)/bias", inputs: [value(node, index), scale])[0]
  }

  /// Adds an operator on floats, and quantizes what it gives as the node's output.
  ///
  /// - Parameters:
  ///   - scale: the place of the output's scale, which its zero point follows.
  ///   - opset: the version that the operator is of; nil for the file's.
  mutating func apply(
    _ type: String, _ inputs: [ValueID?], _ node: QuantizedNode, attributes: [String: AttributeValue], scale: Int,
    opset: Int? = nil
  ) throws(ModelFormatError) {
    let op: any Operator
    do {
      op = try OperatorCatalog.make(type, node: node.name, opset: opset ?? header.opset, attributes: attributes)
    } catch { throw ModelFormatError(error) }
    guard node.has(scale) else {
      let output = graph.append(op, name: node.name, inputs: inputs, outputNames: [node.proto.output[0]])
      return try define(node.proto.output[0], output[0])
    }
    let real = graph.append(op, name: node.name, inputs: inputs, outputNames: ["\(node.name)/real"])
    try quantize(real[0], node, scale: value(node, scale), zeroPoint: value(node, scale + 1))
  }

  /// Adds the node that quantizes a value as the node's output.
  private mutating func quantize(
    _ real: ValueID, _ node: QuantizedNode, scale: ValueID?, zeroPoint: ValueID?
  ) throws(ModelFormatError) {
    let output = node.proto.output[0]
    let id = graph.append(
      QuantizeLinear(), name: "\(node.name)/quantize", inputs: [real, scale, zeroPoint], outputNames: [output])
    try define(output, id[0])
  }

  /// Adds an operator that rearranges what a quantized operator gave as one on floats in between.
  ///
  /// - Returns: false if the node is no such operator, and nothing was added.
  mutating func addRearranging(
    _ node: ONNXNodeProto, _ name: String, _ op: any Operator
  ) throws(ModelFormatError) -> Bool {
    guard Self.rearranging.contains(node.opType), node.output.count == 1, let first = node.input.first,
      let source = values[first], let producer = graph.nodes.last(where: { $0.outputs.contains(source) }),
      producer.op is QuantizeLinear, producer.inputs.count >= 2
    else { return false }
    let parameters = Array(producer.inputs.dropFirst())
    let real = graph.append(
      DequantizeLinear(), name: "\(name)/\(first)/dequantize", inputs: [source] + parameters)
    let rest = node.input.dropFirst().map { $0.isEmpty ? nil : values[$0] }
    let result = graph.append(op, name: name, inputs: real + rest, outputNames: ["\(name)/real"])
    let quantized = QuantizedNode(proto: node, name: name, attributes: [:])
    try quantize(result[0], quantized, scale: parameters[0], zeroPoint: parameters.count > 1 ? parameters[1] : nil)
    return true
  }
}
