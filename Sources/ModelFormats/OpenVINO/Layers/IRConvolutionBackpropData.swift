import Graphs
import Tensors

/// Transposed convolution of one group.
enum IRConvolutionBackpropData: IRLayerReader, IRNodeWriter {
  static let types = ["ConvolutionBackpropData"]

  static func read(_ layer: IRLayer, into builder: inout IRGraphBuilder) throws(ModelFormatError) {
    var attributes = try IRWindow.attributes(layer)
    let extra = try layer.integers("output_padding", default: [])
    if !extra.isEmpty { attributes["output_padding"] = .integers(extra.map(Int64.init)) }
    // What is cut off in an odd number goes to the other end than with ONNX, and without a shape nothing is cut off.
    let padding = layer.attributes["auto_pad"] ?? "explicit"
    if builder.inputCount > 2 {
      attributes["output_shape"] = .integers(try builder.integers(2, "output shape"))
      if padding == "same_upper" { attributes["auto_pad"] = .string("SAME_LOWER") }
      if padding == "same_lower" { attributes["auto_pad"] = .string("SAME_UPPER") }
    } else if padding.hasPrefix("same_") {
      attributes["auto_pad"] = .string("VALID")
    }
    builder.set(try builder.apply("ConvTranspose", [try builder.input(0), try builder.input(1)], attributes))
  }

  static let operators: [any Operator.Type] = [ConvTranspose.self]

  static func write(_ node: Node, to document: inout IRDocument) throws(ModelFormatError) {
    guard let op = node.op as? ConvTranspose else { return }
    guard op.group == 1 else { throw document.cannotExport(node, "it has groups") }
    let input = try document.input(0, of: node)
    let value = try document.value(1, of: node)
    let shape = try document.type(of: value).shape
    let (window, pads): (SpatialWindow, [Int])
    do {
      (_, window, pads) = try op.resolve(input: input.shape, weights: shape)
    } catch { throw document.cannotExport(node, error.message) }
    func list(_ numbers: some Sequence<Int>) -> String { numbers.map(String.init).joined(separator: ", ") }
    // What output_padding adds at the end, and what output_shape asks for, shows in the extents alone.
    let output = try document.outputType(node)
    let extra = window.kernel.indices.map { axis in
      output.shape[axis + 2] + pads[axis] + pads[axis + window.rank]
        - window.strides[axis] * (input.shape[axis + 2] - 1) - (window.kernel[axis] - 1) * window.dilations[axis] - 1
    }
    let attributes = [
      ("strides", list(window.strides)), ("dilations", list(window.dilations)),
      ("pads_begin", list(pads.prefix(window.rank))), ("pads_end", list(pads.dropFirst(window.rank))),
      ("auto_pad", "explicit"), ("output_padding", list(extra)),
    ]
    let weights = try document.input(value)
    var port = document.add("ConvolutionBackpropData", name: node.name, attributes, [input, weights], gives: output)
    if let bias = document.constant(2, of: node) {
      let extents = [1, bias.elementCount] + [Int](repeating: 1, count: shape.rank - 2)
      port = try IRConvolution.add(bias, extents, to: port, node, &document)
    } else if node.inputs.count > 2, node.inputs[2] != nil {
      throw document.cannotExport(node, "its bias is computed")
    }
    document.set(node, port)
  }
}
