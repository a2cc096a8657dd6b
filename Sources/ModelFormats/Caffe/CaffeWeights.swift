import FoundationEssentials
import SwiftProtobuf
import Tensors

/// The weights in a caffemodel by the names of their layers.
struct CaffeWeights: Sendable {
  /// The file's path, for errors.
  let path: String
  private let blobs: [String: [CaffeBlobProto]]

  /// Reads a caffemodel.
  ///
  /// - Throws: `ModelFormatError.foreignFile`, `malformedFile` or `unsupportedVersion`.
  init(_ file: ModelFile) throws(ModelFormatError) {
    if let kind = FileSignature.kind(of: file.header) {
      throw Self.foreign("is \(kind), not the weights of a Caffe model")
    }
    var decoding = BinaryDecodingOptions()
    decoding.discardUnknownFields = true
    let network: CaffeNetParameter
    do {
      network = try CaffeNetParameter(serializedBytes: file.bytes, options: decoding)
    } catch {
      // The first field is the network's name, or a layer.
      guard let first = file.bytes.first, [0x0A, 0x12, 0xA2].contains(first) else {
        throw Self.foreign("does not hold the weights of a Caffe model")
      }
      throw ModelFormatError(
        .malformedFile, "is damaged or was cut off (\(file.bytes.count) bytes are there)",
        remedy: "fetch the weights again")
    }
    guard !network.layers.contains(where: \.hasLayer) else {
      throw ModelFormatError(
        .unsupportedVersion, "layers of Caffe's first format (V0) are not read",
        remedy: "convert the file with Caffe's upgrade_net_proto_binary")
    }
    path = file.path
    var blobs: [String: [CaffeBlobProto]] = [:]
    for layer in network.layers where !layer.blobs.isEmpty { blobs[layer.name] = layer.blobs }
    for layer in network.layer where !layer.blobs.isEmpty { blobs[layer.name] = layer.blobs }
    guard !blobs.isEmpty else { throw Self.foreign("holds no weights of Caffe layers") }
    self.blobs = blobs
  }

  private static func foreign(_ message: String) -> ModelFormatError {
    ModelFormatError(.foreignFile, message, remedy: "name the .caffemodel file that belongs to the network")
  }

  /// The names of the layers that have weights.
  var layerNames: Set<String> { Set(blobs.keys) }

  /// The weights of a layer.
  ///
  /// - Throws: `ModelFormatError.mismatchedWeights` unless there are as many as the layer needs.
  func blobs(of layer: CaffeLayer, count: Int) throws(ModelFormatError) -> [CaffeBlobProto] {
    guard let found = blobs[layer.name] else {
      throw layer.error(
        .mismatchedWeights, "the weights file has nothing for this layer",
        remedy: "name the .caffemodel file that belongs to this network")
    }
    guard found.count == count else {
      throw layer.error(
        .mismatchedWeights, "needs \(count) blobs of weights, but the weights file has \(found.count)",
        remedy: "name the .caffemodel file that belongs to this network")
    }
    return found
  }
}

extension CaffeBlobProto {
  /// The extents as the file states them.
  private var dimensions: [Int64] { hasShape ? shape.dim : [num, channels, height, width] }

  /// The blob as a tensor of the shape that its layer needs; extents of 1 may be there or not.
  ///
  /// - Parameter what: what it is, as `bias`.
  /// - Throws: `ModelFormatError.mismatchedWeights`.
  func tensor(_ shape: [Int], _ what: String, of layer: CaffeLayer) throws(ModelFormatError) -> Tensor {
    guard dimensions.filter({ $0 != 1 }) == shape.filter({ $0 != 1 }).map(Int64.init) else {
      throw layer.error(
        .mismatchedWeights, "the \(what) must have the shape \(shape), but the weights file has \(dimensions)",
        remedy: "name the .caffemodel file that belongs to this network")
    }
    do {
      return try Tensor(shape: try Shape(shape), data.isEmpty ? doubleData.map { Float($0) } : data)
    } catch {
      throw layer.error(.malformedFile, "the \(what) is damaged: \(error.message)", remedy: "fetch the weights again")
    }
  }
}
