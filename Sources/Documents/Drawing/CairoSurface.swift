import CCairo

/// An image in memory that Cairo draws on, and the pen for it.
///
/// The only code here that touches C: every pointer lives as long as this object, and all of them stay inside it.
@safe final class CairoSurface {
  private let surface: OpaquePointer
  private let pen: OpaquePointer
  private let width: Int
  private let height: Int

  /// Creates a white surface; throws `DocumentError` with code `drawing` where Cairo cannot.
  init(width: Int, height: Int) throws(DocumentError) {
    self.width = width
    self.height = height
    guard
      let surface = unsafe cairo_image_surface_create(
        CAIRO_FORMAT_RGB24, Int32(clamping: width), Int32(clamping: height)),
      let pen = unsafe cairo_create(surface)
    else {
      throw DocumentError(.drawing, "Cairo made no surface of \(width)x\(height) pixels")
    }
    unsafe (self.surface, self.pen) = (surface, pen)
    unsafe cairo_set_source_rgb(pen, 1, 1, 1)
    unsafe cairo_paint(pen)
    try check()
  }

  deinit {
    unsafe cairo_destroy(pen)
    unsafe cairo_surface_destroy(surface)
  }

  /// Makes all further coordinates count `factor` pixels.
  func scale(_ factor: Double) {
    unsafe cairo_scale(pen, factor, factor)
  }

  func setColor(_ color: Color) {
    unsafe cairo_set_source_rgb(pen, Double(color.red) / 255, Double(color.green) / 255, Double(color.blue) / 255)
  }

  func addRectangle(_ rect: Rect, cornerRadius: Double) {
    let radius = min(cornerRadius, rect.width / 2, rect.height / 2)
    guard radius > 0 else {
      unsafe cairo_rectangle(pen, rect.x, rect.y, rect.width, rect.height)
      return
    }
    unsafe cairo_new_sub_path(pen)
    let turn = Double.pi / 2
    for (x, y, start) in [
      (rect.maxX - radius, rect.y + radius, -turn), (rect.maxX - radius, rect.maxY - radius, 0),
      (rect.x + radius, rect.maxY - radius, turn), (rect.x + radius, rect.y + radius, 2 * turn),
    ] {
      unsafe cairo_arc(pen, x, y, radius, start, start + turn)
    }
    unsafe cairo_close_path(pen)
  }

  func addCircle(_ center: Point, radius: Double) {
    unsafe cairo_new_sub_path(pen)
    unsafe cairo_arc(pen, center.x, center.y, radius, 0, 2 * Double.pi)
  }

  func addLine(_ points: [Point], isClosed: Bool) {
    for (index, point) in points.enumerated() {
      if index == 0 { unsafe cairo_move_to(pen, point.x, point.y) } else { unsafe cairo_line_to(pen, point.x, point.y) }
    }
    if isClosed { unsafe cairo_close_path(pen) }
  }

  func fill() {
    unsafe cairo_fill(pen)
  }

  func stroke(width: Double, dash: [Double]) {
    unsafe cairo_set_line_width(pen, width)
    unsafe cairo_set_line_join(pen, CAIRO_LINE_JOIN_ROUND)
    unsafe dash.withUnsafeBufferPointer { dash in
      unsafe cairo_set_dash(pen, dash.baseAddress, Int32(clamping: dash.count), 0)
    }
    unsafe cairo_stroke(pen)
  }

  func show(_ text: String, at place: Point, size: Double, isBold: Bool, anchor: TextStyle.Anchor) {
    unsafe cairo_select_font_face(
      pen, "DejaVu Sans", CAIRO_FONT_SLANT_NORMAL, isBold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL)
    unsafe cairo_set_font_size(pen, size)
    let options = unsafe cairo_font_options_create()
    unsafe cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
    unsafe cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
    unsafe cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY)
    unsafe cairo_set_font_options(pen, options)
    unsafe cairo_font_options_destroy(options)
    var extents = cairo_text_extents_t()
    unsafe cairo_text_extents(pen, text, &extents)
    let shift =
      switch anchor {
      case .start: 0.0
      case .middle: extents.x_advance / 2
      case .end: extents.x_advance
      }
    unsafe cairo_move_to(pen, place.x - shift, place.y)
    unsafe cairo_show_text(pen, text)
  }

  /// Draws another surface, scaled to fill a rectangle.
  func show(_ other: CairoSurface, in rect: Rect) {
    unsafe cairo_save(pen)
    unsafe cairo_translate(pen, rect.x, rect.y)
    unsafe cairo_scale(pen, rect.width / Double(other.width), rect.height / Double(other.height))
    unsafe cairo_set_source_surface(pen, other.surface, 0, 0)
    let pattern = unsafe cairo_get_source(pen)
    unsafe cairo_pattern_set_filter(pattern, CAIRO_FILTER_GOOD)
    unsafe cairo_pattern_set_extend(pattern, CAIRO_EXTEND_PAD)
    unsafe cairo_rectangle(pen, 0, 0, Double(other.width), Double(other.height))
    unsafe cairo_fill(pen)
    unsafe cairo_restore(pen)
  }

  /// Sets every pixel from those of a picture of the same size.
  func setPixels(_ picture: Picture) {
    guard picture.width == width, picture.height == height else { return }
    unsafe cairo_surface_flush(surface)
    guard let data = unsafe cairo_image_surface_get_data(surface) else { return }
    let rowLength = Int(unsafe cairo_image_surface_get_stride(surface))
    for y in 0..<height {
      let row = unsafe UnsafeMutableRawPointer(data + y * rowLength)
      for x in 0..<width {
        let index = (y * width + x) * 3
        let red = UInt32(picture.pixels[index])
        let green = UInt32(picture.pixels[index + 1])
        let blue = UInt32(picture.pixels[index + 2])
        unsafe row.storeBytes(of: red << 16 | green << 8 | blue, toByteOffset: x * 4, as: UInt32.self)
      }
    }
    unsafe cairo_surface_mark_dirty(surface)
  }

  /// The pixels drawn so far.
  func picture() throws(DocumentError) -> Picture {
    unsafe cairo_surface_flush(surface)
    guard let data = unsafe cairo_image_surface_get_data(surface) else {
      throw DocumentError(.drawing, "Cairo gave no pixels of a surface of \(width)x\(height)")
    }
    let rowLength = Int(unsafe cairo_image_surface_get_stride(surface))
    var pixels: [UInt8] = []
    pixels.reserveCapacity(width * height * 3)
    for y in 0..<height {
      let row = unsafe UnsafeRawPointer(data + y * rowLength)
      for x in 0..<width {
        let value = unsafe row.load(fromByteOffset: x * 4, as: UInt32.self)
        pixels += [UInt8(value >> 16 & 255), UInt8(value >> 8 & 255), UInt8(value & 255)]
      }
    }
    return try Picture(width: width, height: height, pixels: pixels)
  }

  /// The surface as a PNG file; throws `DocumentError` with code `drawing` where Cairo cannot.
  func png() throws(DocumentError) -> [UInt8] {
    try check()
    unsafe cairo_surface_flush(surface)
    var bytes: [UInt8] = []
    let status = unsafe withUnsafeMutablePointer(to: &bytes) { bytes in
      unsafe cairo_surface_write_to_png_stream(
        surface,
        { target, data, count in
          guard let target = unsafe target, let data = unsafe data else { return CAIRO_STATUS_WRITE_ERROR }
          let bytes = unsafe target.assumingMemoryBound(to: [UInt8].self)
          unsafe bytes.pointee.append(contentsOf: UnsafeBufferPointer(start: data, count: Int(count)))
          return CAIRO_STATUS_SUCCESS
        }, bytes)
    }
    guard status == CAIRO_STATUS_SUCCESS else { throw Self.error(status) }
    return bytes
  }

  private func check() throws(DocumentError) {
    let statuses = unsafe [cairo_surface_status(surface), cairo_status(pen)]
    for status in statuses where status != CAIRO_STATUS_SUCCESS { throw Self.error(status) }
  }

  private static func error(_ status: cairo_status_t) -> DocumentError {
    let reason = unsafe cairo_status_to_string(status).map { unsafe String(cString: $0) } ?? "no reason given"
    return DocumentError(.drawing, "Cairo could not draw: \(reason)")
  }
}
