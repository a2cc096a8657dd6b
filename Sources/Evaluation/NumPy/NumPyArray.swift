import FoundationEssentials
public import Tensors

/// Arrays in NumPy's file format, `.npy`.
///
/// The format is described in NumPy's `numpy.lib.format`, versions 1.0, 2.0 and 3.0.
public enum NumPyArray {
  static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
  private static let largestFile = 1 << 31

  /// Reads an array of any byte order, in C or Fortran order, of an element type that tensors have.
  ///
  /// - Throws: `EvaluationError.unreadableFile` or `invalidArrayFile`.
  public static func read(path: String) throws(EvaluationError) -> Tensor {
    var isFolder = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder else {
      throw EvaluationError(.unreadableFile, "there is no file \(path)", remedy: "check the path")
    }
    let attribute = (try? FileManager.default.attributesOfItem(atPath: path))?[.size]
    // The number's type depends on whether the whole of Foundation is linked or its essentials alone.
    let size = attribute as? Int ?? (attribute as? any BinaryInteger).map { Int(clamping: $0) } ?? 0
    guard size <= largestFile, let data = try? Data(contentsOf: URL(fileURLWithPath: path)) else {
      throw EvaluationError(
        .unreadableFile, "\(path) cannot be read", remedy: "check its size and that you may read it")
    }
    do throws(EvaluationError) {
      return try decode([UInt8](data))
    } catch {
      throw EvaluationError(error.code, "\(path): \(error.message)", remedy: error.remedy)
    }
  }

  /// Writes a tensor in C order and little-endian, replacing the file if there is one.
  ///
  /// - Throws: `EvaluationError.cannotWrite`.
  public static func write(_ tensor: Tensor, path: String) throws(EvaluationError) {
    do {
      try Data(encode(tensor)).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw EvaluationError(
        .cannotWrite, "\(path) cannot be written",
        remedy: "name a file in a folder that exists and that you may write to")
    }
  }
}
