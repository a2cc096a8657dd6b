import SwiftProtobuf

/// Reads a prototxt into the messages of the schema; fields that are not in it are errors, unless they matter only for
/// training.
struct PrototxtReader: Sendable {
  /// Fields that change nothing at inference, at whatever depth of a layer.
  private static let trainingFields: Set<String> = [
    "param", "blobs_lr", "weight_decay", "loss_weight", "loss_param", "propagate_down", "transform_param",
    "weight_filler", "bias_filler", "filler", "moving_average_fraction", "stable_prod_grad", "dropout_param",
    "engine", "force_nd_im2col", "sigmoid_param", "tanh_param", "share_mode", "blob_share_mode",
  ]
  private static let ignoredNetworkFields: Set<String> = ["force_backward", "state", "debug_info"]
  private static let solverFields: Set<String> = [
    "net", "train_net", "test_net", "base_lr", "lr_policy", "solver_mode",
  ]
  private static let largestText = 1 << 26

  /// The network that a text describes.
  ///
  /// - Throws: `ModelFormatError` naming the line.
  static func network(_ text: [UInt8]) throws(ModelFormatError) -> CaffeNetwork {
    guard text.count <= largestText else {
      throw ModelFormatError(.foreignFile, "is too large for a Caffe network description")
    }
    let fields = try PrototxtParser.fields(of: text)
    if let field = fields.first(where: { solverFields.contains($0.name) }) {
      throw ModelFormatError(
        .foreignFile, "line \(field.line): “\(field.name)” belongs to a Caffe solver, which trains a network",
        remedy: "name the network's own file, often called deploy.prototxt")
    }
    var header: [String] = []
    var layers: [CaffeLayer] = []
    for field in fields {
      switch field.name {
      case "layer": layers.append(CaffeLayer(try layer(field), line: field.line))
      case "layers": layers.append(try legacyLayer(field))
      case let name where ignoredNetworkFields.contains(name): continue
      default:
        _ = try message(CaffeNetParameter.self, [field])
        header.append(field.text)
      }
    }
    let network: CaffeNetParameter
    do {
      network = try CaffeNetParameter(textFormatString: header.joined(separator: " "))
    } catch { throw ModelFormatError(.malformedFile, "the fields before the layers cannot be read") }
    return CaffeNetwork(header: network, layers: layers)
  }

  private static func layer(_ field: PrototxtField) throws(ModelFormatError) -> CaffeLayerParameter {
    var lenient = TextFormatDecodingOptions()
    lenient.ignoreUnknownFields = true
    let text = field.fields.map(\.text).joined(separator: " ")
    if let layer = try? CaffeLayerParameter(textFormatString: text, options: lenient),
      CaffeLayerRole(type: layer.type) != .computes || !layer.isIncludedInTest
    {
      return layer
    }
    return try message(CaffeLayerParameter.self, field.dropping(trainingFields).fields)
  }

  private static func legacyLayer(_ field: PrototxtField) throws(ModelFormatError) -> CaffeLayer {
    if let old = field.fields.first(where: { $0.name == "layer" }) {
      throw ModelFormatError(
        .unsupportedVersion, "line \(old.line): layers of Caffe's first format (V0) are not read",
        remedy: "convert the file with Caffe's upgrade_net_proto_text")
    }
    var lenient = TextFormatDecodingOptions()
    lenient.ignoreUnknownFields = true
    let text = field.fields.map(\.text).joined(separator: " ")
    if let old = try? CaffeV1LayerParameter(textFormatString: text, options: lenient) {
      let layer = CaffeLayerParameter(upgrading: old)
      if CaffeLayerRole(type: layer.type) != .computes || !layer.isIncludedInTest {
        return CaffeLayer(layer, line: field.line)
      }
    }
    let old = try message(CaffeV1LayerParameter.self, field.dropping(trainingFields).fields)
    return CaffeLayer(CaffeLayerParameter(upgrading: old), line: field.line)
  }

  /// A message of fields that are all in its schema.
  private static func message<Message: SwiftProtobuf.Message>(
    _ type: Message.Type, _ fields: [PrototxtField]
  ) throws(ModelFormatError) -> Message {
    do {
      return try Message(textFormatString: fields.map(\.text).joined(separator: " "))
    } catch {
      throw fault(in: fields, of: type) { $0 }
        ?? ModelFormatError(.malformedFile, "line \(fields.first?.line ?? 1): cannot be read")
    }
  }

  /// The innermost field that cannot be read by itself.
  ///
  /// - Parameter wrap: puts a field's text into the messages around it.
  private static func fault<Message: SwiftProtobuf.Message>(
    in fields: [PrototxtField], of type: Message.Type, _ wrap: (String) -> String
  ) -> ModelFormatError? {
    for field in fields {
      do {
        _ = try Message(textFormatString: wrap(field.text))
      } catch {
        let inner = fault(in: field.fields, of: type) { wrap("\(field.name) { \($0) }") }
        return inner ?? describe(error, field)
      }
    }
    return nil
  }

  private static func describe(_ error: any Error, _ field: PrototxtField) -> ModelFormatError {
    if case .unknownField? = error as? TextFormatDecodingError {
      return ModelFormatError(
        .unsupportedFeature, "line \(field.line): the field “\(field.name)” is not known here",
        remedy: "delete it if it does not change what the layer computes", context: field.name)
    }
    return ModelFormatError(
      .malformedFile, "line \(field.line): “\(field.name)” has an impossible value", remedy: "correct the line",
      context: field.name)
  }
}
