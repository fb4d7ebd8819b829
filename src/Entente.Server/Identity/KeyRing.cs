using System.Xml.Linq;
using Entente.Storage.Identity;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Entente.Server.Identity;

/// <summary>Keeps the cookie keys in the database, so that every node reads the others' cookies and a restart signs nobody out.</summary>
public sealed class KeyRing(SettingStore settings) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements() => [.. settings.ProtectionKeys().Select(XElement.Parse)];

    public void StoreElement(XElement element, string friendlyName) =>
        settings.AddProtectionKey(friendlyName, element.ToString(SaveOptions.DisableFormatting));
}
