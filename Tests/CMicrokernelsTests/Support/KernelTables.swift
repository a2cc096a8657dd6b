import CMicrokernels

/// The microkernels that this machine can run.
enum KernelTables {
  static var instructionSets: [mk_isa] {
    [MK_ISA_SCALAR, MK_ISA_AVX2, MK_ISA_AVXVNNI, MK_ISA_AVX512VNNI, MK_ISA_NEONDOT].filter { mk_isa_is_supported($0) != 0 }
  }

  static var gemmU8: [mk_gemm_u8_kernel] {
    var count = 0
    let table = unsafe mk_gemm_u8_kernels(&count)
    return unsafe UnsafeBufferPointer(start: table, count: count).filter { unsafe mk_isa_is_supported($0.isa) != 0 }
  }

  static var gemmF32: [mk_gemm_f32_kernel] {
    var count = 0
    let table = unsafe mk_gemm_f32_kernels(&count)
    return unsafe UnsafeBufferPointer(start: table, count: count).filter { unsafe mk_isa_is_supported($0.isa) != 0 }
  }

  static var depthwiseU8: [mk_dwconv_u8_kernel] {
    var count = 0
    let table = unsafe mk_dwconv_u8_kernels(&count)
    return unsafe UnsafeBufferPointer(start: table, count: count).filter { unsafe mk_isa_is_supported($0.isa) != 0 }
  }

  static var depthwiseF32: [mk_dwconv_f32_kernel] {
    var count = 0
    let table = unsafe mk_dwconv_f32_kernels(&count)
    return unsafe UnsafeBufferPointer(start: table, count: count).filter { unsafe mk_isa_is_supported($0.isa) != 0 }
  }

  static var winogradF32: [mk_winograd_f32_kernel] {
    var count = 0
    let table = unsafe mk_winograd_f32_kernels(&count)
    return unsafe UnsafeBufferPointer(start: table, count: count).filter { unsafe mk_isa_is_supported($0.isa) != 0 }
  }

  static var vectors: [UnsafePointer<mk_vector_functions>] {
    unsafe instructionSets.compactMap { unsafe mk_vector_functions_for($0) }
  }
}
