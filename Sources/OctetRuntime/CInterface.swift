import Datasets
import Deployment

// The functions of `octet_runtime.h`, which documents them. None of them traps or throws: what is wrong comes back as a code
// and a message. A model's handle is an unmanaged reference, which only `octet_model_open` makes.

/// What a handle stands for.
private final class Handle {
  let model: DeployedModel
  init(_ model: DeployedModel) { self.model = model }
}

private func opened(_ handle: OpaquePointer?) -> DeployedModel? {
  guard let handle = unsafe handle else { return nil }
  return unsafe Unmanaged<Handle>.fromOpaque(UnsafeRawPointer(handle)).takeUnretainedValue().model
}

/// Copies a text into a caller's memory, cut to its capacity, with a zero behind it.
private func copy(_ text: String, to buffer: UnsafeMutablePointer<CChar>?, _ capacity: Int) {
  guard let buffer = unsafe buffer, capacity > 0 else { return }
  var count = 0
  for scalar in text.unicodeScalars {
    // A character is copied whole or not at all.
    let bytes = Array(String(scalar).utf8)
    guard count + bytes.count < capacity else { break }
    for byte in bytes {
      unsafe buffer[count] = CChar(bitPattern: byte)
      count += 1
    }
  }
  unsafe buffer[count] = 0
}

/// Runs some work and turns its error into a code and a message.
private func attempt(
  _ message: UnsafeMutablePointer<CChar>?, _ capacity: Int, _ body: () throws(DeploymentError) -> Void
) -> Int32 {
  do {
    try body()
    unsafe copy("", to: message, capacity)
    return 0
  } catch {
    unsafe copy(error.message, to: message, capacity)
    return error.code.rawValue
  }
}

private let noModel = DeploymentError(.invalidArgument, "there is no model; open one first")

@_cdecl("octet_model_open")
public func octetModelOpen(
  _ folder: UnsafePointer<CChar>?, _ batch: Int32, _ streams: Int32,
  _ handle: UnsafeMutablePointer<OpaquePointer?>?, _ message: UnsafeMutablePointer<CChar>?, _ capacity: Int
) -> Int32 {
  unsafe attempt(message, capacity) { () throws(DeploymentError) in
    guard let folder = unsafe folder, let handle = unsafe handle else {
      throw DeploymentError(.invalidArgument, "there is no folder, or no place for the model")
    }
    unsafe handle.pointee = nil
    guard batch >= 0, streams >= 0 else {
      throw DeploymentError(.invalidArgument, "batch and streams cannot be negative; use 0 for the package's own")
    }
    let path = unsafe String(cString: folder)
    let model = try DeployedModel(
      folder: path, batch: batch == 0 ? nil : Int(batch), streams: streams == 0 ? nil : Int(streams))
    unsafe handle.pointee = OpaquePointer(Unmanaged.passRetained(Handle(model)).toOpaque())
  }
}

@_cdecl("octet_model_close")
public func octetModelClose(_ handle: OpaquePointer?) {
  guard let handle = unsafe handle else { return }
  unsafe Unmanaged<Handle>.fromOpaque(UnsafeRawPointer(handle)).release()
}

@_cdecl("octet_model_class_count")
public func octetModelClassCount(_ handle: OpaquePointer?) -> Int {
  unsafe opened(handle)?.description.classCount ?? 0
}

@_cdecl("octet_model_batch")
public func octetModelBatch(_ handle: OpaquePointer?) -> Int { unsafe opened(handle)?.description.batch ?? 0 }

@_cdecl("octet_model_streams")
public func octetModelStreams(_ handle: OpaquePointer?) -> Int { unsafe opened(handle)?.description.streams ?? 0 }

@_cdecl("octet_model_name")
public func octetModelName(_ handle: OpaquePointer?, _ buffer: UnsafeMutablePointer<CChar>?, _ capacity: Int) -> Int32 {
  unsafe copy("", to: buffer, capacity)
  guard let model = unsafe opened(handle) else { return noModel.code.rawValue }
  unsafe copy("\(model.description.name) (\(model.description.precision))", to: buffer, capacity)
  return 0
}

@_cdecl("octet_model_label")
public func octetModelLabel(
  _ handle: OpaquePointer?, _ index: Int, _ buffer: UnsafeMutablePointer<CChar>?, _ capacity: Int
) -> Int32 {
  unsafe copy("", to: buffer, capacity)
  guard let model = unsafe opened(handle), index >= 0, index < model.description.classCount else {
    return noModel.code.rawValue
  }
  unsafe copy(model.labels?[index] ?? "", to: buffer, capacity)
  return 0
}

@_cdecl("octet_classify_files")
public func octetClassifyFiles(
  _ handle: OpaquePointer?, _ paths: UnsafePointer<UnsafePointer<CChar>?>?, _ count: Int, _ orientation: Int32,
  _ scores: UnsafeMutablePointer<Float>?, _ message: UnsafeMutablePointer<CChar>?, _ capacity: Int
) -> Int32 {
  unsafe attempt(message, capacity) { () throws(DeploymentError) in
    guard let model = unsafe opened(handle) else { throw noModel }
    guard count >= 0, count == 0 || (unsafe paths != nil && scores != nil) else {
      throw DeploymentError(.invalidArgument, "there are no paths, or no place for the scores")
    }
    var names: [String] = []
    for index in 0..<count {
      guard let path = unsafe paths?[index] else {
        throw DeploymentError(.invalidArgument, "the path \(index) of \(count) is missing")
      }
      names.append(unsafe String(cString: path))
    }
    let files = names
    let values = try model.scores(count: count) { index throws(DeploymentError) in
      do throws(DatasetError) {
        return try Image(contentsOfFile: files[index], orientation: orientation == 1 ? .stored : .upright)
      } catch { throw DeploymentError(error, .invalidPicture) }
    }
    for (index, value) in values.enumerated() { unsafe scores?[index] = value }
  }
}

@_cdecl("octet_classify_pixels")
public func octetClassifyPixels(
  _ handle: OpaquePointer?, _ pixels: UnsafePointer<UInt8>?, _ width: Int, _ height: Int,
  _ scores: UnsafeMutablePointer<Float>?, _ message: UnsafeMutablePointer<CChar>?, _ capacity: Int
) -> Int32 {
  unsafe attempt(message, capacity) { () throws(DeploymentError) in
    guard let model = unsafe opened(handle) else { throw noModel }
    guard let pixels = unsafe pixels, let scores = unsafe scores else {
      throw DeploymentError(.invalidArgument, "there are no pixels, or no place for the scores")
    }
    let (area, overflow) = width.multipliedReportingOverflow(by: height)
    guard width > 0, height > 0, !overflow, area <= Image.maximumPixelCount else {
      throw DeploymentError(.invalidPicture, "a picture cannot have the extents \(width)x\(height)")
    }
    let bytes = unsafe [UInt8](UnsafeBufferPointer(start: pixels, count: 3 * area))
    let image: Image
    do throws(DatasetError) {
      image = try Image(size: ImageSize(width: width, height: height), pixels: bytes)
    } catch { throw DeploymentError(error, .invalidPicture) }
    for (index, value) in try model.scores(of: image).enumerated() { unsafe scores[index] = value }
  }
}
