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
  guard let model = unsafe opened(handle), index >= 0,
    index < max(model.description.classCount, model.labels?.count ?? 0)
  else { return noModel.code.rawValue }
  unsafe copy(model.labels?[index] ?? "", to: buffer, capacity)
  return 0
}

/// An output of a model by its number.
private func output(_ handle: OpaquePointer?, _ index: Int) -> PackagedOutput? {
  guard let outputs = unsafe opened(handle)?.description.outputs, outputs.indices.contains(index) else { return nil }
  return outputs[index]
}

@_cdecl("octet_model_output_count")
public func octetModelOutputCount(_ handle: OpaquePointer?) -> Int {
  unsafe opened(handle)?.description.outputs.count ?? 0
}

@_cdecl("octet_model_output_name")
public func octetModelOutputName(
  _ handle: OpaquePointer?, _ index: Int, _ buffer: UnsafeMutablePointer<CChar>?, _ capacity: Int
) -> Int32 {
  unsafe copy("", to: buffer, capacity)
  guard let output = unsafe output(handle, index) else { return noModel.code.rawValue }
  unsafe copy(output.name, to: buffer, capacity)
  return 0
}

@_cdecl("octet_model_output_rank")
public func octetModelOutputRank(_ handle: OpaquePointer?, _ index: Int) -> Int {
  unsafe output(handle, index)?.extents.count ?? 0
}

@_cdecl("octet_model_output_extent")
public func octetModelOutputExtent(_ handle: OpaquePointer?, _ index: Int, _ axis: Int) -> Int {
  guard let extents = unsafe output(handle, index)?.extents, extents.indices.contains(axis) else { return 0 }
  return extents[axis]
}

@_cdecl("octet_model_output_size")
public func octetModelOutputSize(_ handle: OpaquePointer?, _ index: Int) -> Int {
  unsafe output(handle, index)?.count ?? 0
}

/// The paths in an array.
private func strings(
  _ paths: UnsafePointer<UnsafePointer<CChar>?>?, _ count: Int
) throws(DeploymentError) -> [String] {
  var names: [String] = []
  for index in 0..<max(count, 0) {
    guard let path = unsafe paths?[index] else {
      throw DeploymentError(.invalidArgument, "the path \(index) of \(count) is missing")
    }
    names.append(unsafe String(cString: path))
  }
  return names
}

/// The picture in a file.
private func picture(_ file: String, _ orientation: Int32) throws(DeploymentError) -> Image {
  do throws(DatasetError) {
    return try Image(contentsOfFile: file, orientation: orientation == 1 ? .stored : .upright)
  } catch { throw DeploymentError(error, .invalidPicture) }
}

/// The picture of some pixels in a caller's memory.
private func picture(
  _ pixels: UnsafePointer<UInt8>, _ width: Int, _ height: Int
) throws(DeploymentError) -> Image {
  let (area, overflow) = width.multipliedReportingOverflow(by: height)
  guard width > 0, height > 0, !overflow, area <= Image.maximumPixelCount else {
    throw DeploymentError(.invalidPicture, "a picture cannot have the extents \(width)x\(height)")
  }
  let bytes = unsafe [UInt8](UnsafeBufferPointer(start: pixels, count: 3 * area))
  do throws(DatasetError) {
    return try Image(size: ImageSize(width: width, height: height), pixels: bytes)
  } catch { throw DeploymentError(error, .invalidPicture) }
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
    let files = try unsafe strings(paths, count)
    let values = try model.scores(count: count) { index throws(DeploymentError) in
      try picture(files[index], orientation)
    }
    for (index, value) in values.enumerated() { unsafe scores?[index] = value }
  }
}

@_cdecl("octet_run_files")
public func octetRunFiles(
  _ handle: OpaquePointer?, _ paths: UnsafePointer<UnsafePointer<CChar>?>?, _ count: Int, _ orientation: Int32,
  _ outputs: UnsafePointer<UnsafeMutablePointer<Float>?>?, _ message: UnsafeMutablePointer<CChar>?, _ capacity: Int
) -> Int32 {
  unsafe attempt(message, capacity) { () throws(DeploymentError) in
    guard let model = unsafe opened(handle) else { throw noModel }
    guard count >= 0, count == 0 || (unsafe paths != nil && outputs != nil) else {
      throw DeploymentError(.invalidArgument, "there are no paths, or no places for the outputs")
    }
    let files = try unsafe strings(paths, count)
    let values = try model.outputs(count: count) { index throws(DeploymentError) in
      try picture(files[index], orientation)
    }
    try unsafe copy(values, to: outputs)
  }
}

/// Copies outputs to a caller's memory, one place for each; nothing is copied if a place is missing.
private func copy(
  _ values: [[Float]], to outputs: UnsafePointer<UnsafeMutablePointer<Float>?>?
) throws(DeploymentError) {
  for index in values.indices where !values[index].isEmpty {
    guard unsafe outputs?[index] != nil else {
      throw DeploymentError(.invalidArgument, "the place of output \(index) is missing")
    }
  }
  for (index, numbers) in values.enumerated() {
    for (place, value) in numbers.enumerated() { unsafe outputs?[index]?[place] = value }
  }
}

@_cdecl("octet_run_pixels")
public func octetRunPixels(
  _ handle: OpaquePointer?, _ pixels: UnsafePointer<UInt8>?, _ width: Int, _ height: Int,
  _ outputs: UnsafePointer<UnsafeMutablePointer<Float>?>?, _ message: UnsafeMutablePointer<CChar>?, _ capacity: Int
) -> Int32 {
  unsafe attempt(message, capacity) { () throws(DeploymentError) in
    guard let model = unsafe opened(handle) else { throw noModel }
    guard let pixels = unsafe pixels, unsafe outputs != nil else {
      throw DeploymentError(.invalidArgument, "there are no pixels, or no places for the outputs")
    }
    let image = try unsafe picture(pixels, width, height)
    try unsafe copy(model.outputs(count: 1) { _ throws(DeploymentError) in image }, to: outputs)
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
    let image = try unsafe picture(pixels, width, height)
    for (index, value) in try model.scores(of: image).enumerated() { unsafe scores[index] = value }
  }
}
