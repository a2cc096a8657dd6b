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
      let shape = try builder.integers(2, "output shape")
      switch padding {
      case "same_upper", "same_lower":
        attributes["output_shape"] = .integers(shape)
        attributes["auto_pad"] = .string(padding == "same_upper" ? "SAME_LOWER" : "SAME_UPPER")
      default: try fit(shape, layer, builder, &attributes)
      }
    } else if padding.hasPrefix("same_") {
      attributes["auto_pad"] = .string("VALID")
    }
    builder.set(try builder.apply("ConvTranspose", [try builder.input(0), try builder.input(1)], attributes))
  }

  /// Keeps the pads at the beginning and chooses those at the end, or what is added there, so that the result has the shape
  /// that is asked for.
  private static func fit(
    _ wanted: [Int64], _ layer: IRLayer, _ builder: IRGraphBuilder, _ attributes: inout [String: AttributeValue]
  ) throws(ModelFormatError) {
    let (input, weights) = (try builder.shape(0), try builder.shape(1))
    let rank = wanted.count
    func list(_ name: String, _ standard: Int) throws(ModelFormatError) -> [Int] {
      let numbers = try layer.integers(name, default: [Int](repeating: standard, count: rank))
      guard numbers.count == rank, numbers.allSatisfy({ (0...1 << 24).contains($0) }) else {
        throw layer.error(.malformedFile, "\(name) must be \(rank) numbers, none of them negative or huge")
      }
      return numbers
    }
    let strides = try list("strides", 1)
    let dilations = try list("dilations", 1)
    var extra = try list("output_padding", 0)
    let isValid = layer.attributes["auto_pad"] == "valid"
    let begins = try isValid ? [Int](repeating: 0, count: rank) : list("pads_begin", 0)
    let extents = input.dimensions.dropFirst(2) + weights.dimensions.dropFirst(2)
    guard input.rank == rank + 2, weights.rank == rank + 2, extents.allSatisfy({ (1...1 << 24).contains($0) }),
      wanted.allSatisfy({ (1...1 << 48).contains($0) })
    else { throw layer.error(.malformedFile, "an output shape of \(rank) extents does not fit the input \(input)") }
    var ends: [Int] = []
    for axis in 0..<rank {
      let reach = (weights[axis + 2] - 1) * dilations[axis] + 1
      let span = strides[axis] * (input[axis + 2] - 1) + extra[axis] + reach
      let rest = span - begins[axis] - Int(wanted[axis])
      ends.append(max(rest, 0))
      extra[axis] += max(-rest, 0)
    }
    attributes["auto_pad"] = nil
    attributes["pads"] = .integers((begins + ends).map(Int64.init))
    attributes["output_padding"] = .integers(extra.map(Int64.init))
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
