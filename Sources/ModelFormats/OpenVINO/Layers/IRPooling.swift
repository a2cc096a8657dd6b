import Graphs
import Tensors

/// Maximum and average of windows.
enum IRPooling: IRLayerReader, IRNodeWriter {
  static let types = ["MaxPool", "AvgPool"]

  static func read(_ layer: IRLayer, into builder: inout IRGraphBuilder) throws(ModelFormatError) {
    let input = try builder.input(0)
    var attributes = try IRWindow.attributes(layer)
    let kernel = try layer.integers("kernel")
    attributes["kernel_shape"] = .integers(kernel.map(Int64.init))
    let rounding = layer.attributes["rounding_type"] ?? "floor"
    guard ["floor", "ceil", "ceil_torch"].contains(rounding) else {
      throw layer.error(.unsupportedFeature, "rounds its extents by \(rounding), which is not supported")
    }
    if rounding != "floor" { attributes["ceil_mode"] = .integer(1) }
    if rounding == "ceil" { try checkLastWindow(layer, kernel, try builder.shape(0)) }
    guard layer.type == "AvgPool" else {
      return builder.set(try builder.apply("MaxPool", [input], attributes))
    }
    if try !layer.bool("exclude-pad", default: true) { attributes["count_include_pad"] = .integer(1) }
    builder.set(try builder.apply("AveragePool", [input], attributes))
  }

  /// The rounding “ceil” keeps a last window that begins behind the input, and those of the other formats leave it out.
  private static func checkLastWindow(
    _ layer: IRLayer, _ kernel: [Int], _ shape: Shape
  ) throws(ModelFormatError) {
    let window = SpatialWindow(
      kernel: kernel, strides: try layer.integers("strides"),
      dilations: try layer.integers("dilations", default: kernel.map { _ in 1 }),
      pads: try layer.integers("pads_begin") + layer.integers("pads_end"), ceilMode: true)
    let input = Array(shape.dimensions.dropFirst(2))
    guard let (output, pads) = try? window.resolve(input) else { return }
    for axis in output.indices {
      let extent = (window.kernel[axis] - 1) * window.dilations[axis] + 1
      let room = input[axis] + pads[axis] + pads[axis + window.rank] - extent
      let wanted = (room + window.strides[axis] - 1) / window.strides[axis] + 1
      guard wanted == output[axis] else {
        throw layer.error(.unsupportedFeature, "its last window lies outside of its input, which is not supported")
      }
    }
  }

  static let operators: [any Operator.Type] = [MaxPool.self, AveragePool.self]

  static func write(_ node: Node, to document: inout IRDocument) throws(ModelFormatError) {
    let input = try document.input(0, of: node)
    let output = try document.outputType(node)
    let average = node.op as? AveragePool
    guard let window = (node.op as? MaxPool)?.window ?? average?.window else { return }
    let dilates = average == nil || window.dilations.contains { $0 != 1 }
    var attributes = try IRWindow.attributes(window, input: input.shape, node, document, dilates: dilates)
    attributes += [
      ("kernel", window.kernel.map(String.init).joined(separator: ", ")),
      ("rounding_type", window.ceilMode ? "ceil_torch" : "floor"),
    ]
    let opset = window.ceilMode ? "opset14" : average == nil ? "opset8" : "opset1"
    if let average {
      guard !dilates else { throw document.cannotExport(node, "its windows are dilated") }
      attributes.append(("exclude-pad", "\(!average.countsPadding)"))
      return document.set(
        node, document.add("AvgPool", opset: opset, name: node.name, attributes, [input], gives: output))
    }
    guard node.outputs.count < 2 || node.outputs[1] == nil else {
      throw document.cannotExport(node, "the places of its maxima are read")
    }
    attributes += [("index_element_type", "i64"), ("axis", "0")]
    document.set(
      node,
      document.append(
        "MaxPool", opset: opset, name: node.name, attributes, [input],
        gives: [output, ValueType(.int64, output.shape)])[0])
  }
}
