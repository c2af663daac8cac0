#include "tests/core/store/faulty_vfs.h"

#include <new>

#include <sqlite3.h>

namespace meerstem::testing {

std::atomic<int> FaultyVfs::writes_left = -1;
std::atomic<int> FaultyVfs::syncs_left = -1;
std::atomic<int> FaultyVfs::reads_left = -1;

namespace {

struct File {
  sqlite3_file base;
  sqlite3_file* real;
};

sqlite3_file* Real(sqlite3_file* file) { return reinterpret_cast<File*>(file)->real; }

bool Fails(std::atomic<int>& left) {
  if (left < 0) return false;
  if (left == 0) return true;
  --left;
  return false;
}

int Close(sqlite3_file* file) { return Real(file)->pMethods ? Real(file)->pMethods->xClose(Real(file)) : SQLITE_OK; }
int Read(sqlite3_file* file, void* bytes, int size, sqlite3_int64 at) {
  return Fails(FaultyVfs::reads_left) ? SQLITE_IOERR_READ : Real(file)->pMethods->xRead(Real(file), bytes, size, at);
}
int Write(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 at) {
  return Fails(FaultyVfs::writes_left) ? SQLITE_FULL : Real(file)->pMethods->xWrite(Real(file), bytes, size, at);
}
int Truncate(sqlite3_file* file, sqlite3_int64 size) { return Real(file)->pMethods->xTruncate(Real(file), size); }
int Sync(sqlite3_file* file, int flags) {
  return Fails(FaultyVfs::syncs_left) ? SQLITE_IOERR_FSYNC : Real(file)->pMethods->xSync(Real(file), flags);
}
int Size(sqlite3_file* file, sqlite3_int64* size) { return Real(file)->pMethods->xFileSize(Real(file), size); }
int Lock(sqlite3_file* file, int level) { return Real(file)->pMethods->xLock(Real(file), level); }
int Unlock(sqlite3_file* file, int level) { return Real(file)->pMethods->xUnlock(Real(file), level); }
int Reserved(sqlite3_file* file, int* out) { return Real(file)->pMethods->xCheckReservedLock(Real(file), out); }
int Control(sqlite3_file* file, int what, void* argument) { return Real(file)->pMethods->xFileControl(Real(file), what, argument); }
int Sector(sqlite3_file* file) { return Real(file)->pMethods->xSectorSize(Real(file)); }
int Device(sqlite3_file* file) { return Real(file)->pMethods->xDeviceCharacteristics(Real(file)); }
int Map(sqlite3_file* file, int region, int size, int extend, void volatile** out) { return Real(file)->pMethods->xShmMap(Real(file), region, size, extend, out); }
int ShmLock(sqlite3_file* file, int offset, int count, int flags) { return Real(file)->pMethods->xShmLock(Real(file), offset, count, flags); }
void Barrier(sqlite3_file* file) { Real(file)->pMethods->xShmBarrier(Real(file)); }
int Unmap(sqlite3_file* file, int remove) { return Real(file)->pMethods->xShmUnmap(Real(file), remove); }

/// Version 2: with shared memory, without mapped reading, which would go past Read.
const sqlite3_io_methods kMethods = {2,    Close,    Read,   Write,  Truncate, Sync, Size,    Lock,    Unlock, Reserved, Control,
                                     Sector, Device, Map, ShmLock, Barrier, Unmap, nullptr, nullptr};

sqlite3_vfs* Under() {
  static sqlite3_vfs* const under = sqlite3_vfs_find(nullptr);
  return under;
}

int Open(sqlite3_vfs*, sqlite3_filename name, sqlite3_file* file, int flags, int* out_flags) {
  auto* mine = reinterpret_cast<File*>(file);
  mine->real = reinterpret_cast<sqlite3_file*>(mine + 1);
  mine->real->pMethods = nullptr;
  const int code = Under()->xOpen(Under(), name, mine->real, flags, out_flags);
  mine->base.pMethods = code == SQLITE_OK ? &kMethods : nullptr;
  return code;
}

}  // namespace

std::string FaultyVfs::Name() {
  static sqlite3_vfs* const shim = [] {
    auto* vfs = new sqlite3_vfs(*Under());
    vfs->zName = "faulty";
    vfs->szOsFile = static_cast<int>(sizeof(File)) + Under()->szOsFile;
    vfs->xOpen = Open;
    vfs->pNext = nullptr;
    sqlite3_vfs_register(vfs, 0);
    return vfs;
  }();
  return shim->zName;
}

}  // namespace meerstem::testing
