import Graphs
import Tensors

/// A tensor resampled along its axes.
enum IRInterpolate: IRLayerReader, IRNodeWriter {
  static let types = ["Interpolate"]

  static func read(_ layer: IRLayer, into builder: inout IRGraphBuilder) throws(ModelFormatError) {
    // Version 11 has sizes or scales in one input, version 4 one of each.
    let isVersion4 = layer.opset != "opset11"
    let takesScales = try layer.string("shape_calculation_mode") == "scales"
    let numbers = isVersion4 && takesScales ? 2 : 1
    let axes = isVersion4 ? 3 : 2
    var attributes: [String: AttributeValue] = [:]
    switch try layer.string("mode") {
    case "nearest": attributes["mode"] = .string("nearest")
    case "linear", "linear_onnx": attributes["mode"] = .string("linear")
    case "cubic":
      attributes["mode"] = .string("cubic")
      attributes["cubic_coeff_a"] = .float(try layer.float("cube_coeff", default: -0.75))
    case let mode: throw layer.error(.unsupportedFeature, "interpolates by \(mode), which is not supported")
    }
    let coordinates = layer.attributes["coordinate_transformation_mode"] ?? "half_pixel"
    guard Resize.CoordinateMode(rawValue: coordinates) != nil else {
      throw layer.error(.unsupportedFeature, "places pixels by \(coordinates), which is not supported")
    }
    attributes["coordinate_transformation_mode"] = .string(coordinates)
    let nearest = layer.attributes["nearest_mode"] ?? "round_prefer_floor"
    if attributes["mode"] == .string("nearest") {
      guard Resize.NearestMode(rawValue: nearest) != nil else {
        throw layer.error(.unsupportedFeature, "rounds by \(nearest), which is not supported")
      }
      attributes["nearest_mode"] = .string(nearest)
    }
    if try layer.bool("antialias", default: false) { attributes["antialias"] = .integer(1) }
    for name in ["pads_begin", "pads_end"] {
      guard try layer.integers(name, default: []).allSatisfy({ $0 == 0 }) else {
        throw layer.error(.unsupportedFeature, "pads its input, which is not supported")
      }
    }
    if builder.inputCount > axes { attributes["axes"] = .integers(try builder.integers(axes, "axes")) }
    let list = try builder.input(numbers)
    builder.set(
      try builder.apply("Resize", [try builder.input(0), nil] + (takesScales ? [list] : [nil, list]), attributes))
  }

  static let operators: [any Operator.Type] = [Resize.self]

  static func write(_ node: Node, to document: inout IRDocument) throws(ModelFormatError) {
    guard let op = node.op as? Resize else { return }
    let axes: [ResampledAxis]
    do {
      axes = try op.resampling(document.operands(of: node))
    } catch { throw document.cannotExport(node, error.message) }
    guard op.coordinates != .halfPixelSymmetric, !op.excludesOutside, !op.antialiases else {
      throw document.cannotExport(node, "Interpolate has no such coordinates or weights")
    }
    let resized = axes.indices.filter { axes[$0].input != axes[$0].output || axes[$0].scale != 1 }
    let input = try document.input(0, of: node)
    guard !resized.isEmpty else { return document.set(node, input) }
    let isExact = resized.allSatisfy { axes[$0].scale == Double(axes[$0].output) / Double(axes[$0].input) }
    guard isExact || op.coordinates != .alignCorners else {
      throw document.cannotExport(node, "Interpolate aligns corners by whole extents only")
    }
    let constants = [
      document.add(Tensor(vector: resized.map { Int64(axes[$0].output) }), named: "\(node.name)/sizes"),
      document.add(Tensor(vector: resized.map { Float(axes[$0].scale) }), named: "\(node.name)/scales"),
      document.add(Tensor(vector: resized.map { Int64($0) }), named: "\(node.name)/axes"),
    ]
    let zeros = axes.map { _ in "0" }.joined(separator: ", ")
    let attributes = [
      ("mode", op.mode == .linear ? "linear_onnx" : op.mode.rawValue),
      ("shape_calculation_mode", isExact ? "sizes" : "scales"),
      ("coordinate_transformation_mode", op.coordinates.rawValue), ("nearest_mode", op.nearest.rawValue),
      ("antialias", "false"), ("pads_begin", zeros), ("pads_end", zeros), ("cube_coeff", "\(op.cubicCoefficient)"),
    ]
    let output = try document.outputType(node)
    document.set(
      node,
      document.add(
        "Interpolate", opset: "opset4", name: node.name, attributes, [input] + constants, gives: output))
  }
}
