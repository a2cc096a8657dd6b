import FoundationEssentials
import Tensors
import _TestSupport

/// Files that tests read: the project's own, and some beside it without which tests are skipped.
enum OutsideData {
  /// The project's folder.
  static let project = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// `shared/data` beside the checkout.
  static let shared: URL? = {
    let url = project.deletingLastPathComponent().appendingPathComponent("shared/data")
    return exists(url.appendingPathComponent("models/mobilenet_v2.onnx")) ? url : nil
  }()

  /// The light models of PyPI's onnx: the folder that OCTET_ONNX_LIGHT names, else that of the peers' environment.
  static let lightModels: URL? = {
    let environment = ProcessInfo.processInfo.environment
    if let path = environment["OCTET_ONNX_LIGHT"] { return URL(fileURLWithPath: path) }
    let library = URL(fileURLWithPath: environment["HOME"] ?? "/").appendingPathComponent(".cache/octet-peers/lib")
    let versions = (try? FileManager.default.contentsOfDirectory(atPath: library.path)) ?? []
    return versions.map {
      library.appendingPathComponent($0).appendingPathComponent("site-packages/onnx/backend/test/data/light")
    }.first { exists($0) }
  }()

  /// An array as NumPy writes it.
  static func array(_ url: URL) throws -> Tensor { try NPYFile.tensor(Data(contentsOf: url)) }

  /// The elements of a file that holds an ONNX `TensorProto` of float32 in raw_data or float_data, which it stores
  /// alike.
  static func floats(ofTensorProto url: URL) throws -> [Float] {
    let bytes = [UInt8](try Data(contentsOf: url))
    var at = 0
    func number() -> Int {
      var (value, shift) = (0, 0)
      while at < bytes.count {
        let byte = bytes[at]
        at += 1
        value |= Int(byte & 0x7F) << shift
        shift += 7
        if byte < 0x80 || shift > 56 { break }
      }
      return value
    }
    while at < bytes.count {
      let key = number()
      guard key & 7 == 2 else {
        _ = number()
        continue
      }
      let length = number()
      let content = bytes[at..<min(at + length, bytes.count)]
      at += length
      guard [4, 9].contains(key >> 3) else { continue }
      return try LittleEndianTensor.tensor(.float32, Shape(vector: content.count / 4), content).floats
    }
    return []
  }

  private static func exists(_ url: URL) -> Bool { FileManager.default.fileExists(atPath: url.path) }
}
