import Graphs
import Tensors

/// The attributes of windows that slide over the spatial axes.
enum IRWindow {
  /// Strides, dilations and pads of a convolution or pooling layer, as ONNX has them.
  ///
  /// - Throws: `ModelFormatError.malformedFile`, `unsupportedFeature`.
  static func attributes(_ layer: IRLayer) throws(ModelFormatError) -> [String: AttributeValue] {
    var attributes: [String: AttributeValue] = [
      "strides": .integers(try layer.integers("strides").map(Int64.init))
    ]
    if layer.attributes["dilations"] != nil {
      attributes["dilations"] = .integers(try layer.integers("dilations").map(Int64.init))
    }
    switch layer.attributes["auto_pad"] ?? "explicit" {
    case "explicit", "notset":
      let pads = try layer.integers("pads_begin") + layer.integers("pads_end")
      attributes["pads"] = .integers(pads.map(Int64.init))
    case "valid": attributes["auto_pad"] = .string("VALID")
    case "same_upper": attributes["auto_pad"] = .string("SAME_UPPER")
    case "same_lower": attributes["auto_pad"] = .string("SAME_LOWER")
    case let word: throw layer.error(.unsupportedFeature, "pads by \(word), which is not supported")
    }
    return attributes
  }

  /// The attributes to write for a window, with its pads in numbers.
  ///
  /// - Throws: `ModelFormatError.cannotExport` if the window does not fit.
  static func attributes(
    _ window: SpatialWindow, input: Shape, _ node: Node, _ document: IRDocument, dilates: Bool
  ) throws(ModelFormatError) -> [(String, String)] {
    let pads: [Int]
    do {
      pads = try window.resolve(Array(input.dimensions.dropFirst(2))).pads
    } catch { throw document.cannotExport(node, error.message) }
    func list(_ numbers: some Sequence<Int>) -> String { numbers.map(String.init).joined(separator: ", ") }
    return [("strides", list(window.strides))] + (dilates ? [("dilations", list(window.dilations))] : []) + [
      ("pads_begin", list(pads.prefix(window.rank))), ("pads_end", list(pads.dropFirst(window.rank))),
      ("auto_pad", "explicit"),
    ]
  }
}
