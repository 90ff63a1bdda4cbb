using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Nexus.Data.Nodes;

namespace Nexus.Web.Platform;

/// <summary>The keys that protect sessions and forms, common to all web nodes: who signed in at one is signed in at the other.</summary>
internal sealed class SharedKeyRepository(SharedKeys keys) : IXmlRepository
{
    private const string Prefix = "data-protection/";

    public IReadOnlyCollection<XElement> GetAllElements() => [.. keys.List(Prefix).Select(bytes => XElement.Parse(Encoding.UTF8.GetString(bytes)))];

    public void StoreElement(XElement element, string friendlyName) =>
        keys.Add(Prefix + friendlyName, Encoding.UTF8.GetBytes(element.ToString(SaveOptions.DisableFormatting)));
}
